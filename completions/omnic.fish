# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_omnic_global_optspecs
    string join \n V/version verbose h/help
end

function __fish_omnic_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_omnic_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_omnic_using_subcommand
    set -l cmd (__fish_omnic_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c omnic -n "__fish_omnic_needs_command" -s V -l version -d 'Print the version'
complete -c omnic -n "__fish_omnic_needs_command" -l verbose -d 'With --version: what a bug report needs, too'
complete -c omnic -n "__fish_omnic_needs_command" -s h -l help -d 'Print help'
complete -c omnic -n "__fish_omnic_needs_command" -f -a "check" -d 'Check a project, or one folder or file of it'
complete -c omnic -n "__fish_omnic_needs_command" -f -a "compile" -d 'Compile a project into its routing plan'
complete -c omnic -n "__fish_omnic_needs_command" -f -a "run" -d 'Route work by a plan: apply events, and print what happens'
complete -c omnic -n "__fish_omnic_needs_command" -f -a "why" -d 'Say who can be offered work, and why nobody else can'
complete -c omnic -n "__fish_omnic_needs_command" -f -a "diff" -d 'Say what a change does to routing: between two projects, plans or git revisions'
complete -c omnic -n "__fish_omnic_needs_command" -f -a "graph" -d 'Draw the components and how they name each other: as SVG, DOT, Mermaid or JSON'
complete -c omnic -n "__fish_omnic_needs_command" -f -a "closure" -d 'List what a change needs to be deployed, as a manifest for the Salesforce CLI'
complete -c omnic -n "__fish_omnic_needs_command" -f -a "explain" -d 'Explain a check, or list them all'
complete -c omnic -n "__fish_omnic_needs_command" -f -a "config" -d 'Show the effective settings, and where each comes from'
complete -c omnic -n "__fish_omnic_needs_command" -f -a "baseline" -d 'Accept what is found today, so that only what is new is reported'
complete -c omnic -n "__fish_omnic_needs_command" -f -a "lsp" -d 'Serve an editor, over the Language Server Protocol'
complete -c omnic -n "__fish_omnic_needs_command" -f -a "serve" -d 'Serve an org that has a routing plan, for adapters, tools and tests'
complete -c omnic -n "__fish_omnic_needs_command" -f -a "completions" -d 'Print what completes the command line in a shell'
complete -c omnic -n "__fish_omnic_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c omnic -n "__fish_omnic_using_subcommand check" -l min-severity -d 'Show findings from this severity on [default: warning]' -r -f -a "note\t'Worth knowing'
warning\t'It deploys, and people would not want it'
error\t'The deploy fails, or work cannot be routed; for an unknown name: unless the org has it'"
complete -c omnic -n "__fish_omnic_using_subcommand check" -l fail-on -d 'Exit with status 1 if there is a finding from this severity on, shown or not [default: error]' -r -f -a "error\t'An error'
warning\t'A warning or an error'
note\t'Any finding'
never\t'Nothing'"
complete -c omnic -n "__fish_omnic_using_subcommand check" -l only -d 'Report only what concerns these files and folders; the whole project is analysed' -r -F
complete -c omnic -n "__fish_omnic_using_subcommand check" -l changed -d 'Report only what concerns the files that changed since this commit or branch, or in `A..B` or `A...B`' -r
complete -c omnic -n "__fish_omnic_using_subcommand check" -l stdin-filename -d 'With `-` as path: the file that standard input stands for' -r -F
complete -c omnic -n "__fish_omnic_using_subcommand check" -l format -d 'How findings are written to standard output' -r -f -a "human\t'With the lines they are about'
concise\t'One line each'
json\t'One document for programs; schemas/diagnostics.schema.json describes it'
json-lines\t'One JSON object a line'
sarif\t'SARIF 2.1.0, for code scanning'
github\t'Annotations of GitHub Actions'
gitlab\t'GitLab Code Quality'
junit\t'JUnit XML, for test reports'
checkstyle\t'Checkstyle XML'
markdown\t'Markdown, for comments and job summaries'"
complete -c omnic -n "__fish_omnic_using_subcommand check" -l output -d 'Write findings in this format to a file, or without a file to standard output instead of --format; repeatable' -r
complete -c omnic -n "__fish_omnic_using_subcommand check" -l color -d 'When to use colours; NO_COLOR and CLICOLOR_FORCE are respected' -r -f -a "auto\t'If the output is a terminal'
always\t'Always'
never\t'Never'"
complete -c omnic -n "__fish_omnic_using_subcommand check" -l strict -d 'Run the strict checks too: true, but noisy on healthy projects' -r -f -a "true\t''
false\t''"
complete -c omnic -n "__fish_omnic_using_subcommand check" -l baseline -d 'File of accepted findings [default: omnic-baseline.json in the project\'s root]' -r -F
complete -c omnic -n "__fish_omnic_using_subcommand check" -l config -d 'Configuration file [default: the nearest omnic.toml at or above the project\'s root]' -r -F
complete -c omnic -n "__fish_omnic_using_subcommand check" -l api-version -d 'API version to check against, such as 66.0 [default: the project\'s, else the newest known]' -r
complete -c omnic -n "__fish_omnic_using_subcommand check" -l allow-outside -d 'Let the project\'s links and settings lead out of its git work tree; without it, such a file is not read' -r -f -a "true\t''
false\t''"
complete -c omnic -n "__fish_omnic_using_subcommand check" -l world -d 'What to assume of names that the project does not define [default: project]' -r -f -a "project\t'The org may have them, except where the project defines others of the type: then it is a slip'
open\t'The org may have them'
closed\t'The project is all there is'"
complete -c omnic -n "__fish_omnic_using_subcommand check" -l inventory -d 'File or folder of names that the org has, as `sf org list metadata --json` writes them; repeatable' -r -F
complete -c omnic -n "__fish_omnic_using_subcommand check" -l records -d 'Folder with records of the org, exported with the Salesforce CLI; docs/org-records.md says how' -r -F
complete -c omnic -n "__fish_omnic_using_subcommand check" -l diff -d 'Show what --fix would change, and change nothing; exit with status 1 if that is anything'
complete -c omnic -n "__fish_omnic_using_subcommand check" -l fix -d 'Correct what can be corrected without changing routing, and report what is left'
complete -c omnic -n "__fish_omnic_using_subcommand check" -l unsafe-fixes -d 'With --diff or --fix: suggestions too, which may change routing and must be looked at'
complete -c omnic -n "__fish_omnic_using_subcommand check" -l statistics -d 'Show how many findings there are of each check instead of the findings'
complete -c omnic -n "__fish_omnic_using_subcommand check" -l isolated -d 'Read no configuration file and no baseline'
complete -c omnic -n "__fish_omnic_using_subcommand check" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c omnic -n "__fish_omnic_using_subcommand compile" -s o -l output -d 'File to write the plan to; `-` is standard output [default: -]' -r -F
complete -c omnic -n "__fish_omnic_using_subcommand compile" -l color -d 'When to use colours; NO_COLOR and CLICOLOR_FORCE are respected' -r -f -a "auto\t'If the output is a terminal'
always\t'Always'
never\t'Never'"
complete -c omnic -n "__fish_omnic_using_subcommand compile" -l strict -d 'Run the strict checks too: true, but noisy on healthy projects' -r -f -a "true\t''
false\t''"
complete -c omnic -n "__fish_omnic_using_subcommand compile" -l baseline -d 'File of accepted findings [default: omnic-baseline.json in the project\'s root]' -r -F
complete -c omnic -n "__fish_omnic_using_subcommand compile" -l config -d 'Configuration file [default: the nearest omnic.toml at or above the project\'s root]' -r -F
complete -c omnic -n "__fish_omnic_using_subcommand compile" -l api-version -d 'API version to check against, such as 66.0 [default: the project\'s, else the newest known]' -r
complete -c omnic -n "__fish_omnic_using_subcommand compile" -l allow-outside -d 'Let the project\'s links and settings lead out of its git work tree; without it, such a file is not read' -r -f -a "true\t''
false\t''"
complete -c omnic -n "__fish_omnic_using_subcommand compile" -l world -d 'What to assume of names that the project does not define [default: project]' -r -f -a "project\t'The org may have them, except where the project defines others of the type: then it is a slip'
open\t'The org may have them'
closed\t'The project is all there is'"
complete -c omnic -n "__fish_omnic_using_subcommand compile" -l inventory -d 'File or folder of names that the org has, as `sf org list metadata --json` writes them; repeatable' -r -F
complete -c omnic -n "__fish_omnic_using_subcommand compile" -l records -d 'Folder with records of the org, exported with the Salesforce CLI; docs/org-records.md says how' -r -F
complete -c omnic -n "__fish_omnic_using_subcommand compile" -l no-provenance -d 'Leave out which file and line each row comes from'
complete -c omnic -n "__fish_omnic_using_subcommand compile" -l no-display -d 'Leave out what people see and routing ignores, such as labels and sounds'
complete -c omnic -n "__fish_omnic_using_subcommand compile" -l allow-errors -d 'Compile a project with errors, too: without the components that a deploy rejects, which are named'
complete -c omnic -n "__fish_omnic_using_subcommand compile" -l isolated -d 'Read no configuration file and no baseline'
complete -c omnic -n "__fish_omnic_using_subcommand compile" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c omnic -n "__fish_omnic_using_subcommand run" -l events -d 'File of events, one JSON object a line; `-` is standard input [default: -]' -r -F
complete -c omnic -n "__fish_omnic_using_subcommand run" -l options -d 'File of routing options, `.toml` or `.json`: what to do where the documentation is silent' -r -F
complete -c omnic -n "__fish_omnic_using_subcommand run" -l resume -d 'Resume from a state written by --save, with the options that the first run had' -r -F
complete -c omnic -n "__fish_omnic_using_subcommand run" -l save -d 'Write the state at the end to a file, even if a line ended the run' -r -F
complete -c omnic -n "__fish_omnic_using_subcommand run" -l max-timers -d 'Stop when this many timers fire between two events, which is most often a slip in a year; `none` is no limit' -r
complete -c omnic -n "__fish_omnic_using_subcommand run" -l only -d 'Print only what is about a queue, rep or record: queue=NAME, agent=USERNAME or record=ID; repeatable' -r
complete -c omnic -n "__fish_omnic_using_subcommand run" -l query -d 'Print the records of these types, with all their fields, as JSON Lines; separated by commas' -r -f -a "AgentWork\t''
AgentWorkSkill\t''
PendingServiceRouting\t''
SkillRequirement\t''
UserServicePresence\t''"
complete -c omnic -n "__fish_omnic_using_subcommand run" -l records-out -d 'Write the records to a file instead; without --query, those of all types' -r -F
complete -c omnic -n "__fish_omnic_using_subcommand run" -l at -d 'Take the records as they are at a time, not at the end' -r
complete -c omnic -n "__fish_omnic_using_subcommand run" -l color -d 'When to use colours; NO_COLOR and CLICOLOR_FORCE are respected' -r -f -a "auto\t'If the output is a terminal'
always\t'Always'
never\t'Never'"
complete -c omnic -n "__fish_omnic_using_subcommand run" -l strict -d 'Run the strict checks too: true, but noisy on healthy projects' -r -f -a "true\t''
false\t''"
complete -c omnic -n "__fish_omnic_using_subcommand run" -l baseline -d 'File of accepted findings [default: omnic-baseline.json in the project\'s root]' -r -F
complete -c omnic -n "__fish_omnic_using_subcommand run" -l config -d 'Configuration file [default: the nearest omnic.toml at or above the project\'s root]' -r -F
complete -c omnic -n "__fish_omnic_using_subcommand run" -l api-version -d 'API version to check against, such as 66.0 [default: the project\'s, else the newest known]' -r
complete -c omnic -n "__fish_omnic_using_subcommand run" -l allow-outside -d 'Let the project\'s links and settings lead out of its git work tree; without it, such a file is not read' -r -f -a "true\t''
false\t''"
complete -c omnic -n "__fish_omnic_using_subcommand run" -l world -d 'What to assume of names that the project does not define [default: project]' -r -f -a "project\t'The org may have them, except where the project defines others of the type: then it is a slip'
open\t'The org may have them'
closed\t'The project is all there is'"
complete -c omnic -n "__fish_omnic_using_subcommand run" -l inventory -d 'File or folder of names that the org has, as `sf org list metadata --json` writes them; repeatable' -r -F
complete -c omnic -n "__fish_omnic_using_subcommand run" -l records -d 'Folder with records of the org, exported with the Salesforce CLI; docs/org-records.md says how' -r -F
complete -c omnic -n "__fish_omnic_using_subcommand run" -l trace -d 'Print sentences that say why, not JSON Lines; at the end, what still waits'
complete -c omnic -n "__fish_omnic_using_subcommand run" -l summary -d 'At the end, print figures of each queue and rep, and what was refused: tables with --trace, else a JSON object'
complete -c omnic -n "__fish_omnic_using_subcommand run" -l allow-errors -d 'Compile a project with errors, too: without the components that a deploy rejects, which are named'
complete -c omnic -n "__fish_omnic_using_subcommand run" -l isolated -d 'Read no configuration file and no baseline'
complete -c omnic -n "__fish_omnic_using_subcommand run" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c omnic -n "__fish_omnic_using_subcommand why" -l queue -d 'Who can be offered the work of this queue' -r
complete -c omnic -n "__fish_omnic_using_subcommand why" -l object -d 'Who can be offered work of this object: through each queue that holds it, and each flow that routes it' -r
complete -c omnic -n "__fish_omnic_using_subcommand why" -l flow -d 'Where the route-work actions of this flow lead, and who can be offered their work' -r
complete -c omnic -n "__fish_omnic_using_subcommand why" -l record -d 'Who can be offered a record: a JSON file as the REST API gives it' -r -F
complete -c omnic -n "__fish_omnic_using_subcommand why" -l item -d 'With --state: why this record waits' -r
complete -c omnic -n "__fish_omnic_using_subcommand why" -l state -d 'A state that `omnic run --save` wrote, of the same plan or project' -r -F
complete -c omnic -n "__fish_omnic_using_subcommand why" -l agent -d 'Only this rep, by username, with every step' -r
complete -c omnic -n "__fish_omnic_using_subcommand why" -l field -d 'The value of a field of the work, by which skill mapping sets ask for skills; repeatable' -r
complete -c omnic -n "__fish_omnic_using_subcommand why" -l skills -d 'The work needs these skills too, separated by commas; repeatable' -r
complete -c omnic -n "__fish_omnic_using_subcommand why" -l status -d 'The reps are in this presence status' -r
complete -c omnic -n "__fish_omnic_using_subcommand why" -l capacity -d 'The reps have this many units of capacity free' -r
complete -c omnic -n "__fish_omnic_using_subcommand why" -l format -d 'How the answer is written' -r -f -a "human\t'Sentences, for people'
json\t'One JSON document, for programs'"
complete -c omnic -n "__fish_omnic_using_subcommand why" -l color -d 'When to use colours; NO_COLOR and CLICOLOR_FORCE are respected' -r -f -a "auto\t'If the output is a terminal'
always\t'Always'
never\t'Never'"
complete -c omnic -n "__fish_omnic_using_subcommand why" -l strict -d 'Run the strict checks too: true, but noisy on healthy projects' -r -f -a "true\t''
false\t''"
complete -c omnic -n "__fish_omnic_using_subcommand why" -l baseline -d 'File of accepted findings [default: omnic-baseline.json in the project\'s root]' -r -F
complete -c omnic -n "__fish_omnic_using_subcommand why" -l config -d 'Configuration file [default: the nearest omnic.toml at or above the project\'s root]' -r -F
complete -c omnic -n "__fish_omnic_using_subcommand why" -l api-version -d 'API version to check against, such as 66.0 [default: the project\'s, else the newest known]' -r
complete -c omnic -n "__fish_omnic_using_subcommand why" -l allow-outside -d 'Let the project\'s links and settings lead out of its git work tree; without it, such a file is not read' -r -f -a "true\t''
false\t''"
complete -c omnic -n "__fish_omnic_using_subcommand why" -l world -d 'What to assume of names that the project does not define [default: project]' -r -f -a "project\t'The org may have them, except where the project defines others of the type: then it is a slip'
open\t'The org may have them'
closed\t'The project is all there is'"
complete -c omnic -n "__fish_omnic_using_subcommand why" -l inventory -d 'File or folder of names that the org has, as `sf org list metadata --json` writes them; repeatable' -r -F
complete -c omnic -n "__fish_omnic_using_subcommand why" -l records -d 'Folder with records of the org, exported with the Salesforce CLI; docs/org-records.md says how' -r -F
complete -c omnic -n "__fish_omnic_using_subcommand why" -l isolated -d 'Read no configuration file and no baseline'
complete -c omnic -n "__fish_omnic_using_subcommand why" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c omnic -n "__fish_omnic_using_subcommand diff" -l old-records -d 'Folder with records of the org for the old side; without it, --records counts for both' -r -F
complete -c omnic -n "__fish_omnic_using_subcommand diff" -l expect -d 'File that says what the change is meant to do; all else is collateral' -r -F
complete -c omnic -n "__fish_omnic_using_subcommand diff" -l fail-on -d 'Exit with 1 if such a change is found' -r -f -a "collateral\t'What the file of --expect does not mean, or what it means and does not happen'
loss\t'Work that reaches nobody or fewer reps than before, or whose reps are no longer known'
any\t'Any change to routing'
never\t'Nothing'"
complete -c omnic -n "__fish_omnic_using_subcommand diff" -l format -d 'Output format' -r -f -a "human\t'For people, on a terminal'
json\t'For programs; schemas/diff.schema.json describes it'
markdown\t'For a comment on a pull request'
github\t'Annotations of GitHub Actions, at the lines that make the difference'"
complete -c omnic -n "__fish_omnic_using_subcommand diff" -s o -l output -d 'Write the report to a file instead; `-` is standard output' -r -F
complete -c omnic -n "__fish_omnic_using_subcommand diff" -l color -d 'When to use colours; NO_COLOR and CLICOLOR_FORCE are respected' -r -f -a "auto\t'If the output is a terminal'
always\t'Always'
never\t'Never'"
complete -c omnic -n "__fish_omnic_using_subcommand diff" -l strict -d 'Run the strict checks too: true, but noisy on healthy projects' -r -f -a "true\t''
false\t''"
complete -c omnic -n "__fish_omnic_using_subcommand diff" -l baseline -d 'File of accepted findings [default: omnic-baseline.json in the project\'s root]' -r -F
complete -c omnic -n "__fish_omnic_using_subcommand diff" -l config -d 'Configuration file [default: the nearest omnic.toml at or above the project\'s root]' -r -F
complete -c omnic -n "__fish_omnic_using_subcommand diff" -l api-version -d 'API version to check against, such as 66.0 [default: the project\'s, else the newest known]' -r
complete -c omnic -n "__fish_omnic_using_subcommand diff" -l allow-outside -d 'Let the project\'s links and settings lead out of its git work tree; without it, such a file is not read' -r -f -a "true\t''
false\t''"
complete -c omnic -n "__fish_omnic_using_subcommand diff" -l world -d 'What to assume of names that the project does not define [default: project]' -r -f -a "project\t'The org may have them, except where the project defines others of the type: then it is a slip'
open\t'The org may have them'
closed\t'The project is all there is'"
complete -c omnic -n "__fish_omnic_using_subcommand diff" -l inventory -d 'File or folder of names that the org has, as `sf org list metadata --json` writes them; repeatable' -r -F
complete -c omnic -n "__fish_omnic_using_subcommand diff" -l records -d 'Folder with records of the org, exported with the Salesforce CLI; docs/org-records.md says how' -r -F
complete -c omnic -n "__fish_omnic_using_subcommand diff" -l details -d 'Show every change with all its rows and its example, and the rows without effect'
complete -c omnic -n "__fish_omnic_using_subcommand diff" -l isolated -d 'Read no configuration file and no baseline'
complete -c omnic -n "__fish_omnic_using_subcommand diff" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c omnic -n "__fish_omnic_using_subcommand graph" -l focus -d 'Draw what is around this component: its type and name, such as Queue:Support' -r
complete -c omnic -n "__fish_omnic_using_subcommand graph" -l depth -d 'With --focus: how many references away from it a component may be' -r
complete -c omnic -n "__fish_omnic_using_subcommand graph" -l kind -d 'Draw only components of this type, such as Queue; repeatable' -r
complete -c omnic -n "__fish_omnic_using_subcommand graph" -l fold -d 'When components of one type are folded into one: `auto` in pictures with more than 100, never in JSON' -r -f -a "auto\t'If a picture would be too large to be read'
always\t'Every type with more than one component'
never\t'Never'"
complete -c omnic -n "__fish_omnic_using_subcommand graph" -l format -d 'What is written' -r -f -a "svg\t'A picture that browsers show, light or dark'
dot\t'The language of Graphviz'
mermaid\t'The language of Mermaid, which GitHub and GitLab draw'
json\t'For programs; schemas/graph.schema.json describes it'"
complete -c omnic -n "__fish_omnic_using_subcommand graph" -s o -l output -d 'File to write to; `-` is standard output [default: -]' -r -F
complete -c omnic -n "__fish_omnic_using_subcommand graph" -l config -d 'Configuration file [default: the nearest omnic.toml at or above the project\'s root]' -r -F
complete -c omnic -n "__fish_omnic_using_subcommand graph" -l api-version -d 'API version to check against, such as 66.0 [default: the project\'s, else the newest known]' -r
complete -c omnic -n "__fish_omnic_using_subcommand graph" -l allow-outside -d 'Let the project\'s links and settings lead out of its git work tree; without it, such a file is not read' -r -f -a "true\t''
false\t''"
complete -c omnic -n "__fish_omnic_using_subcommand graph" -l world -d 'What to assume of names that the project does not define [default: project]' -r -f -a "project\t'The org may have them, except where the project defines others of the type: then it is a slip'
open\t'The org may have them'
closed\t'The project is all there is'"
complete -c omnic -n "__fish_omnic_using_subcommand graph" -l inventory -d 'File or folder of names that the org has, as `sf org list metadata --json` writes them; repeatable' -r -F
complete -c omnic -n "__fish_omnic_using_subcommand graph" -l records -d 'Folder with records of the org, exported with the Salesforce CLI; docs/org-records.md says how' -r -F
complete -c omnic -n "__fish_omnic_using_subcommand graph" -l strict -d 'Run the strict checks too: true, but noisy on healthy projects' -r -f -a "true\t''
false\t''"
complete -c omnic -n "__fish_omnic_using_subcommand graph" -l baseline -d 'File of accepted findings [default: omnic-baseline.json in the project\'s root]' -r -F
complete -c omnic -n "__fish_omnic_using_subcommand graph" -l isolated -d 'Read no configuration file and no baseline'
complete -c omnic -n "__fish_omnic_using_subcommand graph" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c omnic -n "__fish_omnic_using_subcommand closure" -l changed -d 'Take the files that changed since this commit or branch, or in `A..B` or `A...B`' -r
complete -c omnic -n "__fish_omnic_using_subcommand closure" -l format -d 'What is written' -r -f -a "package.xml\t'A manifest for `sf project deploy start --manifest`'
json\t'For programs; schemas/closure.schema.json describes it'
list\t'For people: each component with its file, and why it is there'"
complete -c omnic -n "__fish_omnic_using_subcommand closure" -s o -l output -d 'File to write to; `-` is standard output [default: -]' -r -F
complete -c omnic -n "__fish_omnic_using_subcommand closure" -l destructive -d 'With --changed: file for the manifest of what has been deleted, for --post-destructive-changes' -r -F
complete -c omnic -n "__fish_omnic_using_subcommand closure" -l config -d 'Configuration file [default: the nearest omnic.toml at or above the project\'s root]' -r -F
complete -c omnic -n "__fish_omnic_using_subcommand closure" -l api-version -d 'API version to check against, such as 66.0 [default: the project\'s, else the newest known]' -r
complete -c omnic -n "__fish_omnic_using_subcommand closure" -l allow-outside -d 'Let the project\'s links and settings lead out of its git work tree; without it, such a file is not read' -r -f -a "true\t''
false\t''"
complete -c omnic -n "__fish_omnic_using_subcommand closure" -l world -d 'What to assume of names that the project does not define [default: project]' -r -f -a "project\t'The org may have them, except where the project defines others of the type: then it is a slip'
open\t'The org may have them'
closed\t'The project is all there is'"
complete -c omnic -n "__fish_omnic_using_subcommand closure" -l inventory -d 'File or folder of names that the org has, as `sf org list metadata --json` writes them; repeatable' -r -F
complete -c omnic -n "__fish_omnic_using_subcommand closure" -l records -d 'Folder with records of the org, exported with the Salesforce CLI; docs/org-records.md says how' -r -F
complete -c omnic -n "__fish_omnic_using_subcommand closure" -l strict -d 'Run the strict checks too: true, but noisy on healthy projects' -r -f -a "true\t''
false\t''"
complete -c omnic -n "__fish_omnic_using_subcommand closure" -l baseline -d 'File of accepted findings [default: omnic-baseline.json in the project\'s root]' -r -F
complete -c omnic -n "__fish_omnic_using_subcommand closure" -l reverse -d 'List what depends on the components, not what they need'
complete -c omnic -n "__fish_omnic_using_subcommand closure" -l isolated -d 'Read no configuration file and no baseline'
complete -c omnic -n "__fish_omnic_using_subcommand closure" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c omnic -n "__fish_omnic_using_subcommand explain" -l color -d 'When to use colours; NO_COLOR and CLICOLOR_FORCE are respected' -r -f -a "auto\t'If the output is a terminal'
always\t'Always'
never\t'Never'"
complete -c omnic -n "__fish_omnic_using_subcommand explain" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c omnic -n "__fish_omnic_using_subcommand config" -l min-severity -d 'Show findings from this severity on [default: warning]' -r -f -a "note\t'Worth knowing'
warning\t'It deploys, and people would not want it'
error\t'The deploy fails, or work cannot be routed; for an unknown name: unless the org has it'"
complete -c omnic -n "__fish_omnic_using_subcommand config" -l fail-on -d 'Exit with status 1 if there is a finding from this severity on, shown or not [default: error]' -r -f -a "error\t'An error'
warning\t'A warning or an error'
note\t'Any finding'
never\t'Nothing'"
complete -c omnic -n "__fish_omnic_using_subcommand config" -l strict -d 'Run the strict checks too: true, but noisy on healthy projects' -r -f -a "true\t''
false\t''"
complete -c omnic -n "__fish_omnic_using_subcommand config" -l baseline -d 'File of accepted findings [default: omnic-baseline.json in the project\'s root]' -r -F
complete -c omnic -n "__fish_omnic_using_subcommand config" -l config -d 'Configuration file [default: the nearest omnic.toml at or above the project\'s root]' -r -F
complete -c omnic -n "__fish_omnic_using_subcommand config" -l api-version -d 'API version to check against, such as 66.0 [default: the project\'s, else the newest known]' -r
complete -c omnic -n "__fish_omnic_using_subcommand config" -l allow-outside -d 'Let the project\'s links and settings lead out of its git work tree; without it, such a file is not read' -r -f -a "true\t''
false\t''"
complete -c omnic -n "__fish_omnic_using_subcommand config" -l world -d 'What to assume of names that the project does not define [default: project]' -r -f -a "project\t'The org may have them, except where the project defines others of the type: then it is a slip'
open\t'The org may have them'
closed\t'The project is all there is'"
complete -c omnic -n "__fish_omnic_using_subcommand config" -l inventory -d 'File or folder of names that the org has, as `sf org list metadata --json` writes them; repeatable' -r -F
complete -c omnic -n "__fish_omnic_using_subcommand config" -l records -d 'Folder with records of the org, exported with the Salesforce CLI; docs/org-records.md says how' -r -F
complete -c omnic -n "__fish_omnic_using_subcommand config" -l isolated -d 'Read no configuration file and no baseline'
complete -c omnic -n "__fish_omnic_using_subcommand config" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c omnic -n "__fish_omnic_using_subcommand baseline; and not __fish_seen_subcommand_from create update prune help" -s h -l help -d 'Print help'
complete -c omnic -n "__fish_omnic_using_subcommand baseline; and not __fish_seen_subcommand_from create update prune help" -f -a "create" -d 'Write what is found today to a new baseline'
complete -c omnic -n "__fish_omnic_using_subcommand baseline; and not __fish_seen_subcommand_from create update prune help" -f -a "update" -d 'Write the baseline anew with what is found today, also what is new'
complete -c omnic -n "__fish_omnic_using_subcommand baseline; and not __fish_seen_subcommand_from create update prune help" -f -a "prune" -d 'Take out of the baseline what is no longer found, and add nothing'
complete -c omnic -n "__fish_omnic_using_subcommand baseline; and not __fish_seen_subcommand_from create update prune help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c omnic -n "__fish_omnic_using_subcommand baseline; and __fish_seen_subcommand_from create" -l min-severity -d 'Show findings from this severity on [default: warning]' -r -f -a "note\t'Worth knowing'
warning\t'It deploys, and people would not want it'
error\t'The deploy fails, or work cannot be routed; for an unknown name: unless the org has it'"
complete -c omnic -n "__fish_omnic_using_subcommand baseline; and __fish_seen_subcommand_from create" -l strict -d 'Run the strict checks too: true, but noisy on healthy projects' -r -f -a "true\t''
false\t''"
complete -c omnic -n "__fish_omnic_using_subcommand baseline; and __fish_seen_subcommand_from create" -l baseline -d 'File of accepted findings [default: omnic-baseline.json in the project\'s root]' -r -F
complete -c omnic -n "__fish_omnic_using_subcommand baseline; and __fish_seen_subcommand_from create" -l config -d 'Configuration file [default: the nearest omnic.toml at or above the project\'s root]' -r -F
complete -c omnic -n "__fish_omnic_using_subcommand baseline; and __fish_seen_subcommand_from create" -l api-version -d 'API version to check against, such as 66.0 [default: the project\'s, else the newest known]' -r
complete -c omnic -n "__fish_omnic_using_subcommand baseline; and __fish_seen_subcommand_from create" -l allow-outside -d 'Let the project\'s links and settings lead out of its git work tree; without it, such a file is not read' -r -f -a "true\t''
false\t''"
complete -c omnic -n "__fish_omnic_using_subcommand baseline; and __fish_seen_subcommand_from create" -l world -d 'What to assume of names that the project does not define [default: project]' -r -f -a "project\t'The org may have them, except where the project defines others of the type: then it is a slip'
open\t'The org may have them'
closed\t'The project is all there is'"
complete -c omnic -n "__fish_omnic_using_subcommand baseline; and __fish_seen_subcommand_from create" -l inventory -d 'File or folder of names that the org has, as `sf org list metadata --json` writes them; repeatable' -r -F
complete -c omnic -n "__fish_omnic_using_subcommand baseline; and __fish_seen_subcommand_from create" -l records -d 'Folder with records of the org, exported with the Salesforce CLI; docs/org-records.md says how' -r -F
complete -c omnic -n "__fish_omnic_using_subcommand baseline; and __fish_seen_subcommand_from create" -l force -d 'Write over a baseline that is there'
complete -c omnic -n "__fish_omnic_using_subcommand baseline; and __fish_seen_subcommand_from create" -l isolated -d 'Read no configuration file and no baseline'
complete -c omnic -n "__fish_omnic_using_subcommand baseline; and __fish_seen_subcommand_from create" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c omnic -n "__fish_omnic_using_subcommand baseline; and __fish_seen_subcommand_from update" -l min-severity -d 'Show findings from this severity on [default: warning]' -r -f -a "note\t'Worth knowing'
warning\t'It deploys, and people would not want it'
error\t'The deploy fails, or work cannot be routed; for an unknown name: unless the org has it'"
complete -c omnic -n "__fish_omnic_using_subcommand baseline; and __fish_seen_subcommand_from update" -l strict -d 'Run the strict checks too: true, but noisy on healthy projects' -r -f -a "true\t''
false\t''"
complete -c omnic -n "__fish_omnic_using_subcommand baseline; and __fish_seen_subcommand_from update" -l baseline -d 'File of accepted findings [default: omnic-baseline.json in the project\'s root]' -r -F
complete -c omnic -n "__fish_omnic_using_subcommand baseline; and __fish_seen_subcommand_from update" -l config -d 'Configuration file [default: the nearest omnic.toml at or above the project\'s root]' -r -F
complete -c omnic -n "__fish_omnic_using_subcommand baseline; and __fish_seen_subcommand_from update" -l api-version -d 'API version to check against, such as 66.0 [default: the project\'s, else the newest known]' -r
complete -c omnic -n "__fish_omnic_using_subcommand baseline; and __fish_seen_subcommand_from update" -l allow-outside -d 'Let the project\'s links and settings lead out of its git work tree; without it, such a file is not read' -r -f -a "true\t''
false\t''"
complete -c omnic -n "__fish_omnic_using_subcommand baseline; and __fish_seen_subcommand_from update" -l world -d 'What to assume of names that the project does not define [default: project]' -r -f -a "project\t'The org may have them, except where the project defines others of the type: then it is a slip'
open\t'The org may have them'
closed\t'The project is all there is'"
complete -c omnic -n "__fish_omnic_using_subcommand baseline; and __fish_seen_subcommand_from update" -l inventory -d 'File or folder of names that the org has, as `sf org list metadata --json` writes them; repeatable' -r -F
complete -c omnic -n "__fish_omnic_using_subcommand baseline; and __fish_seen_subcommand_from update" -l records -d 'Folder with records of the org, exported with the Salesforce CLI; docs/org-records.md says how' -r -F
complete -c omnic -n "__fish_omnic_using_subcommand baseline; and __fish_seen_subcommand_from update" -l isolated -d 'Read no configuration file and no baseline'
complete -c omnic -n "__fish_omnic_using_subcommand baseline; and __fish_seen_subcommand_from update" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c omnic -n "__fish_omnic_using_subcommand baseline; and __fish_seen_subcommand_from prune" -l min-severity -d 'Show findings from this severity on [default: warning]' -r -f -a "note\t'Worth knowing'
warning\t'It deploys, and people would not want it'
error\t'The deploy fails, or work cannot be routed; for an unknown name: unless the org has it'"
complete -c omnic -n "__fish_omnic_using_subcommand baseline; and __fish_seen_subcommand_from prune" -l strict -d 'Run the strict checks too: true, but noisy on healthy projects' -r -f -a "true\t''
false\t''"
complete -c omnic -n "__fish_omnic_using_subcommand baseline; and __fish_seen_subcommand_from prune" -l baseline -d 'File of accepted findings [default: omnic-baseline.json in the project\'s root]' -r -F
complete -c omnic -n "__fish_omnic_using_subcommand baseline; and __fish_seen_subcommand_from prune" -l config -d 'Configuration file [default: the nearest omnic.toml at or above the project\'s root]' -r -F
complete -c omnic -n "__fish_omnic_using_subcommand baseline; and __fish_seen_subcommand_from prune" -l api-version -d 'API version to check against, such as 66.0 [default: the project\'s, else the newest known]' -r
complete -c omnic -n "__fish_omnic_using_subcommand baseline; and __fish_seen_subcommand_from prune" -l allow-outside -d 'Let the project\'s links and settings lead out of its git work tree; without it, such a file is not read' -r -f -a "true\t''
false\t''"
complete -c omnic -n "__fish_omnic_using_subcommand baseline; and __fish_seen_subcommand_from prune" -l world -d 'What to assume of names that the project does not define [default: project]' -r -f -a "project\t'The org may have them, except where the project defines others of the type: then it is a slip'
open\t'The org may have them'
closed\t'The project is all there is'"
complete -c omnic -n "__fish_omnic_using_subcommand baseline; and __fish_seen_subcommand_from prune" -l inventory -d 'File or folder of names that the org has, as `sf org list metadata --json` writes them; repeatable' -r -F
complete -c omnic -n "__fish_omnic_using_subcommand baseline; and __fish_seen_subcommand_from prune" -l records -d 'Folder with records of the org, exported with the Salesforce CLI; docs/org-records.md says how' -r -F
complete -c omnic -n "__fish_omnic_using_subcommand baseline; and __fish_seen_subcommand_from prune" -l isolated -d 'Read no configuration file and no baseline'
complete -c omnic -n "__fish_omnic_using_subcommand baseline; and __fish_seen_subcommand_from prune" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c omnic -n "__fish_omnic_using_subcommand baseline; and __fish_seen_subcommand_from help" -f -a "create" -d 'Write what is found today to a new baseline'
complete -c omnic -n "__fish_omnic_using_subcommand baseline; and __fish_seen_subcommand_from help" -f -a "update" -d 'Write the baseline anew with what is found today, also what is new'
complete -c omnic -n "__fish_omnic_using_subcommand baseline; and __fish_seen_subcommand_from help" -f -a "prune" -d 'Take out of the baseline what is no longer found, and add nothing'
complete -c omnic -n "__fish_omnic_using_subcommand baseline; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c omnic -n "__fish_omnic_using_subcommand lsp" -l client-process-id -d 'Does nothing: the server ends when its input does' -r
complete -c omnic -n "__fish_omnic_using_subcommand lsp" -l allow-outside -d 'Let links and settings of the projects lead out of their git work trees; without it, such files are not read'
complete -c omnic -n "__fish_omnic_using_subcommand lsp" -l stdio -d 'Does nothing: standard input and output are the only way'
complete -c omnic -n "__fish_omnic_using_subcommand lsp" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c omnic -n "__fish_omnic_using_subcommand serve" -l port -d 'Port to listen at; 0 is any that is free' -r
complete -c omnic -n "__fish_omnic_using_subcommand serve" -l host -d 'Address to listen at; at another than this machine\'s own it speaks TLS' -r
complete -c omnic -n "__fish_omnic_using_subcommand serve" -l tls-ca -d 'Write the certificate that clients must trust to this file' -r -F
complete -c omnic -n "__fish_omnic_using_subcommand serve" -l tls-cert -d 'Certificate of your own, PEM with its chain [default: one that a CA of the server\'s own signs]' -r -F
complete -c omnic -n "__fish_omnic_using_subcommand serve" -l tls-key -d 'Private key of --tls-cert, PEM' -r -F
complete -c omnic -n "__fish_omnic_using_subcommand serve" -l external-url -d 'What URLs in answers begin with; a path in it needs a proxy in front that takes it off [default: what the request\'s Host header says]' -r
complete -c omnic -n "__fish_omnic_using_subcommand serve" -l data -d 'Folder for the journal: nothing that was answered is lost, whatever ends the process [default: in memory]' -r -F
complete -c omnic -n "__fish_omnic_using_subcommand serve" -l clock -d 'Clock: `real`, `manual`, or for ten times as fast `x10`' -r
complete -c omnic -n "__fish_omnic_using_subcommand serve" -l passwords -d 'File of passwords, a JSON object by username [default: one password for all, printed at the start]' -r -F
complete -c omnic -n "__fish_omnic_using_subcommand serve" -l clients -d 'File of clients (connected apps), a JSON object by client id: only these may log in through OAuth [default: any]' -r -F
complete -c omnic -n "__fish_omnic_using_subcommand serve" -l session-minutes -d 'End sessions that are not used for this long, by the org\'s clock [default: with the server]' -r
complete -c omnic -n "__fish_omnic_using_subcommand serve" -l api-requests -d 'Answer this many REST requests in 24 hours, by the org\'s clock' -r
complete -c omnic -n "__fish_omnic_using_subcommand serve" -l options -d 'File of routing options, `.toml` or `.json`: what to do where the documentation is silent' -r -F
complete -c omnic -n "__fish_omnic_using_subcommand serve" -l components -d 'Folder of Aura components and Visualforce pages, to be run by a page against this org' -r -F
complete -c omnic -n "__fish_omnic_using_subcommand serve" -l log -d 'Print each request on standard error' -r -f -a "requests\t'Each request'"
complete -c omnic -n "__fish_omnic_using_subcommand serve" -l format -d 'How to say on standard output where it listens' -r -f -a "human\t'What to do next'
json\t'One JSON object'"
complete -c omnic -n "__fish_omnic_using_subcommand serve" -l strict -d 'Run the strict checks too: true, but noisy on healthy projects' -r -f -a "true\t''
false\t''"
complete -c omnic -n "__fish_omnic_using_subcommand serve" -l baseline -d 'File of accepted findings [default: omnic-baseline.json in the project\'s root]' -r -F
complete -c omnic -n "__fish_omnic_using_subcommand serve" -l config -d 'Configuration file [default: the nearest omnic.toml at or above the project\'s root]' -r -F
complete -c omnic -n "__fish_omnic_using_subcommand serve" -l api-version -d 'API version to check against, such as 66.0 [default: the project\'s, else the newest known]' -r
complete -c omnic -n "__fish_omnic_using_subcommand serve" -l allow-outside -d 'Let the project\'s links and settings lead out of its git work tree; without it, such a file is not read' -r -f -a "true\t''
false\t''"
complete -c omnic -n "__fish_omnic_using_subcommand serve" -l world -d 'What to assume of names that the project does not define [default: project]' -r -f -a "project\t'The org may have them, except where the project defines others of the type: then it is a slip'
open\t'The org may have them'
closed\t'The project is all there is'"
complete -c omnic -n "__fish_omnic_using_subcommand serve" -l inventory -d 'File or folder of names that the org has, as `sf org list metadata --json` writes them; repeatable' -r -F
complete -c omnic -n "__fish_omnic_using_subcommand serve" -l records -d 'Folder with records of the org, exported with the Salesforce CLI; docs/org-records.md says how' -r -F
complete -c omnic -n "__fish_omnic_using_subcommand serve" -l tls -d 'Speak TLS, with a certificate that a CA of the server\'s own signs'
complete -c omnic -n "__fish_omnic_using_subcommand serve" -l allow-http -d 'Speak no TLS at another address: tokens and data go over the network unencrypted'
complete -c omnic -n "__fish_omnic_using_subcommand serve" -l new-plan -d 'Take data of another plan: records stay, and routing begins again'
complete -c omnic -n "__fish_omnic_using_subcommand serve" -l no-soap-login -d 'Refuse SOAP `login()`, as orgs do that were made since Winter \'26'
complete -c omnic -n "__fish_omnic_using_subcommand serve" -l watch -d 'Compile the project again when one of its files changes'
complete -c omnic -n "__fish_omnic_using_subcommand serve" -l allow-errors -d 'Compile a project with errors, too: without the components that a deploy rejects, which are named'
complete -c omnic -n "__fish_omnic_using_subcommand serve" -l isolated -d 'Read no configuration file and no baseline'
complete -c omnic -n "__fish_omnic_using_subcommand serve" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c omnic -n "__fish_omnic_using_subcommand completions" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c omnic -n "__fish_omnic_using_subcommand help; and not __fish_seen_subcommand_from check compile run why diff graph closure explain config baseline lsp serve completions help" -f -a "check" -d 'Check a project, or one folder or file of it'
complete -c omnic -n "__fish_omnic_using_subcommand help; and not __fish_seen_subcommand_from check compile run why diff graph closure explain config baseline lsp serve completions help" -f -a "compile" -d 'Compile a project into its routing plan'
complete -c omnic -n "__fish_omnic_using_subcommand help; and not __fish_seen_subcommand_from check compile run why diff graph closure explain config baseline lsp serve completions help" -f -a "run" -d 'Route work by a plan: apply events, and print what happens'
complete -c omnic -n "__fish_omnic_using_subcommand help; and not __fish_seen_subcommand_from check compile run why diff graph closure explain config baseline lsp serve completions help" -f -a "why" -d 'Say who can be offered work, and why nobody else can'
complete -c omnic -n "__fish_omnic_using_subcommand help; and not __fish_seen_subcommand_from check compile run why diff graph closure explain config baseline lsp serve completions help" -f -a "diff" -d 'Say what a change does to routing: between two projects, plans or git revisions'
complete -c omnic -n "__fish_omnic_using_subcommand help; and not __fish_seen_subcommand_from check compile run why diff graph closure explain config baseline lsp serve completions help" -f -a "graph" -d 'Draw the components and how they name each other: as SVG, DOT, Mermaid or JSON'
complete -c omnic -n "__fish_omnic_using_subcommand help; and not __fish_seen_subcommand_from check compile run why diff graph closure explain config baseline lsp serve completions help" -f -a "closure" -d 'List what a change needs to be deployed, as a manifest for the Salesforce CLI'
complete -c omnic -n "__fish_omnic_using_subcommand help; and not __fish_seen_subcommand_from check compile run why diff graph closure explain config baseline lsp serve completions help" -f -a "explain" -d 'Explain a check, or list them all'
complete -c omnic -n "__fish_omnic_using_subcommand help; and not __fish_seen_subcommand_from check compile run why diff graph closure explain config baseline lsp serve completions help" -f -a "config" -d 'Show the effective settings, and where each comes from'
complete -c omnic -n "__fish_omnic_using_subcommand help; and not __fish_seen_subcommand_from check compile run why diff graph closure explain config baseline lsp serve completions help" -f -a "baseline" -d 'Accept what is found today, so that only what is new is reported'
complete -c omnic -n "__fish_omnic_using_subcommand help; and not __fish_seen_subcommand_from check compile run why diff graph closure explain config baseline lsp serve completions help" -f -a "lsp" -d 'Serve an editor, over the Language Server Protocol'
complete -c omnic -n "__fish_omnic_using_subcommand help; and not __fish_seen_subcommand_from check compile run why diff graph closure explain config baseline lsp serve completions help" -f -a "serve" -d 'Serve an org that has a routing plan, for adapters, tools and tests'
complete -c omnic -n "__fish_omnic_using_subcommand help; and not __fish_seen_subcommand_from check compile run why diff graph closure explain config baseline lsp serve completions help" -f -a "completions" -d 'Print what completes the command line in a shell'
complete -c omnic -n "__fish_omnic_using_subcommand help; and not __fish_seen_subcommand_from check compile run why diff graph closure explain config baseline lsp serve completions help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c omnic -n "__fish_omnic_using_subcommand help; and __fish_seen_subcommand_from baseline" -f -a "create" -d 'Write what is found today to a new baseline'
complete -c omnic -n "__fish_omnic_using_subcommand help; and __fish_seen_subcommand_from baseline" -f -a "update" -d 'Write the baseline anew with what is found today, also what is new'
complete -c omnic -n "__fish_omnic_using_subcommand help; and __fish_seen_subcommand_from baseline" -f -a "prune" -d 'Take out of the baseline what is no longer found, and add nothing'
