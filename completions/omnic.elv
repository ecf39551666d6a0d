
use builtin;
use str;

set edit:completion:arg-completer[omnic] = {|@words|
    fn spaces {|n|
        builtin:repeat $n ' ' | str:join ''
    }
    fn cand {|text desc|
        edit:complex-candidate $text &display=$text' '(spaces (- 14 (wcswidth $text)))$desc
    }
    var command = 'omnic'
    for word $words[1..-1] {
        if (str:has-prefix $word '-') {
            break
        }
        set command = $command';'$word
    }
    var completions = [
        &'omnic'= {
            cand -V 'Print the version'
            cand --version 'Print the version'
            cand --verbose 'With --version: what a bug report needs, too'
            cand -h 'Print help'
            cand --help 'Print help'
            cand check 'Check a project, or one folder or file of it'
            cand compile 'Compile a project into its routing plan'
            cand run 'Route work by a plan: apply events, and print what happens'
            cand why 'Say who can be offered work, and why nobody else can'
            cand diff 'Say what a change does to routing: between two projects, plans or git revisions'
            cand graph 'Draw the components and how they name each other: as SVG, DOT, Mermaid or JSON'
            cand closure 'List what a change needs to be deployed, as a manifest for the Salesforce CLI'
            cand explain 'Explain a check, or list them all'
            cand config 'Show the effective settings, and where each comes from'
            cand baseline 'Accept what is found today, so that only what is new is reported'
            cand lsp 'Serve an editor, over the Language Server Protocol'
            cand serve 'Serve an org that has a routing plan, for adapters, tools and tests'
            cand completions 'Print what completes the command line in a shell'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'omnic;check'= {
            cand --min-severity 'Show findings from this severity on [default: warning]'
            cand --fail-on 'Exit with status 1 if there is a finding from this severity on, shown or not [default: error]'
            cand --only 'Report only what concerns these files and folders; the whole project is analysed'
            cand --changed 'Report only what concerns the files that changed since this commit or branch, or in `A..B` or `A...B`'
            cand --stdin-filename 'With `-` as path: the file that standard input stands for'
            cand --format 'How findings are written to standard output'
            cand --output 'Write findings in this format to a file, or without a file to standard output instead of --format; repeatable'
            cand --color 'When to use colours; NO_COLOR and CLICOLOR_FORCE are respected'
            cand --strict 'Run the strict checks too: true, but noisy on healthy projects'
            cand --baseline 'File of accepted findings [default: omnic-baseline.json in the project''s root]'
            cand --config 'Configuration file [default: the nearest omnic.toml at or above the project''s root]'
            cand --api-version 'API version to check against, such as 66.0 [default: the project''s, else the newest known]'
            cand --allow-outside 'Let the project''s links and settings lead out of its git work tree; without it, such a file is not read'
            cand --world 'What to assume of names that the project does not define [default: project]'
            cand --inventory 'File or folder of names that the org has, as `sf org list metadata --json` writes them; repeatable'
            cand --records 'Folder with records of the org, exported with the Salesforce CLI; docs/org-records.md says how'
            cand --diff 'Show what --fix would change, and change nothing; exit with status 1 if that is anything'
            cand --fix 'Correct what can be corrected without changing routing, and report what is left'
            cand --unsafe-fixes 'With --diff or --fix: suggestions too, which may change routing and must be looked at'
            cand --statistics 'Show how many findings there are of each check instead of the findings'
            cand --isolated 'Read no configuration file and no baseline'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'omnic;compile'= {
            cand -o 'File to write the plan to; `-` is standard output [default: -]'
            cand --output 'File to write the plan to; `-` is standard output [default: -]'
            cand --color 'When to use colours; NO_COLOR and CLICOLOR_FORCE are respected'
            cand --strict 'Run the strict checks too: true, but noisy on healthy projects'
            cand --baseline 'File of accepted findings [default: omnic-baseline.json in the project''s root]'
            cand --config 'Configuration file [default: the nearest omnic.toml at or above the project''s root]'
            cand --api-version 'API version to check against, such as 66.0 [default: the project''s, else the newest known]'
            cand --allow-outside 'Let the project''s links and settings lead out of its git work tree; without it, such a file is not read'
            cand --world 'What to assume of names that the project does not define [default: project]'
            cand --inventory 'File or folder of names that the org has, as `sf org list metadata --json` writes them; repeatable'
            cand --records 'Folder with records of the org, exported with the Salesforce CLI; docs/org-records.md says how'
            cand --no-provenance 'Leave out which file and line each row comes from'
            cand --no-display 'Leave out what people see and routing ignores, such as labels and sounds'
            cand --allow-errors 'Compile a project with errors, too: without the components that a deploy rejects, which are named'
            cand --isolated 'Read no configuration file and no baseline'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'omnic;run'= {
            cand --events 'File of events, one JSON object a line; `-` is standard input [default: -]'
            cand --options 'File of routing options, `.toml` or `.json`: what to do where the documentation is silent'
            cand --resume 'Resume from a state written by --save, with the options that the first run had'
            cand --save 'Write the state at the end to a file, even if a line ended the run'
            cand --max-timers 'Stop when this many timers fire between two events, which is most often a slip in a year; `none` is no limit'
            cand --only 'Print only what is about a queue, rep or record: queue=NAME, agent=USERNAME or record=ID; repeatable'
            cand --query 'Print the records of these types, with all their fields, as JSON Lines; separated by commas'
            cand --records-out 'Write the records to a file instead; without --query, those of all types'
            cand --at 'Take the records as they are at a time, not at the end'
            cand --color 'When to use colours; NO_COLOR and CLICOLOR_FORCE are respected'
            cand --strict 'Run the strict checks too: true, but noisy on healthy projects'
            cand --baseline 'File of accepted findings [default: omnic-baseline.json in the project''s root]'
            cand --config 'Configuration file [default: the nearest omnic.toml at or above the project''s root]'
            cand --api-version 'API version to check against, such as 66.0 [default: the project''s, else the newest known]'
            cand --allow-outside 'Let the project''s links and settings lead out of its git work tree; without it, such a file is not read'
            cand --world 'What to assume of names that the project does not define [default: project]'
            cand --inventory 'File or folder of names that the org has, as `sf org list metadata --json` writes them; repeatable'
            cand --records 'Folder with records of the org, exported with the Salesforce CLI; docs/org-records.md says how'
            cand --trace 'Print sentences that say why, not JSON Lines; at the end, what still waits'
            cand --summary 'At the end, print figures of each queue and rep, and what was refused: tables with --trace, else a JSON object'
            cand --allow-errors 'Compile a project with errors, too: without the components that a deploy rejects, which are named'
            cand --isolated 'Read no configuration file and no baseline'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'omnic;why'= {
            cand --queue 'Who can be offered the work of this queue'
            cand --object 'Who can be offered work of this object: through each queue that holds it, and each flow that routes it'
            cand --flow 'Where the route-work actions of this flow lead, and who can be offered their work'
            cand --record 'Who can be offered a record: a JSON file as the REST API gives it'
            cand --item 'With --state: why this record waits'
            cand --state 'A state that `omnic run --save` wrote, of the same plan or project'
            cand --agent 'Only this rep, by username, with every step'
            cand --field 'The value of a field of the work, by which skill mapping sets ask for skills; repeatable'
            cand --skills 'The work needs these skills too, separated by commas; repeatable'
            cand --status 'The reps are in this presence status'
            cand --capacity 'The reps have this many units of capacity free'
            cand --format 'How the answer is written'
            cand --color 'When to use colours; NO_COLOR and CLICOLOR_FORCE are respected'
            cand --strict 'Run the strict checks too: true, but noisy on healthy projects'
            cand --baseline 'File of accepted findings [default: omnic-baseline.json in the project''s root]'
            cand --config 'Configuration file [default: the nearest omnic.toml at or above the project''s root]'
            cand --api-version 'API version to check against, such as 66.0 [default: the project''s, else the newest known]'
            cand --allow-outside 'Let the project''s links and settings lead out of its git work tree; without it, such a file is not read'
            cand --world 'What to assume of names that the project does not define [default: project]'
            cand --inventory 'File or folder of names that the org has, as `sf org list metadata --json` writes them; repeatable'
            cand --records 'Folder with records of the org, exported with the Salesforce CLI; docs/org-records.md says how'
            cand --isolated 'Read no configuration file and no baseline'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'omnic;diff'= {
            cand --old-records 'Folder with records of the org for the old side; without it, --records counts for both'
            cand --expect 'File that says what the change is meant to do; all else is collateral'
            cand --fail-on 'Exit with 1 if such a change is found'
            cand --format 'Output format'
            cand -o 'Write the report to a file instead; `-` is standard output'
            cand --output 'Write the report to a file instead; `-` is standard output'
            cand --color 'When to use colours; NO_COLOR and CLICOLOR_FORCE are respected'
            cand --strict 'Run the strict checks too: true, but noisy on healthy projects'
            cand --baseline 'File of accepted findings [default: omnic-baseline.json in the project''s root]'
            cand --config 'Configuration file [default: the nearest omnic.toml at or above the project''s root]'
            cand --api-version 'API version to check against, such as 66.0 [default: the project''s, else the newest known]'
            cand --allow-outside 'Let the project''s links and settings lead out of its git work tree; without it, such a file is not read'
            cand --world 'What to assume of names that the project does not define [default: project]'
            cand --inventory 'File or folder of names that the org has, as `sf org list metadata --json` writes them; repeatable'
            cand --records 'Folder with records of the org, exported with the Salesforce CLI; docs/org-records.md says how'
            cand --details 'Show every change with all its rows and its example, and the rows without effect'
            cand --isolated 'Read no configuration file and no baseline'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'omnic;graph'= {
            cand --focus 'Draw what is around this component: its type and name, such as Queue:Support'
            cand --depth 'With --focus: how many references away from it a component may be'
            cand --kind 'Draw only components of this type, such as Queue; repeatable'
            cand --fold 'When components of one type are folded into one: `auto` in pictures with more than 100, never in JSON'
            cand --format 'What is written'
            cand -o 'File to write to; `-` is standard output [default: -]'
            cand --output 'File to write to; `-` is standard output [default: -]'
            cand --config 'Configuration file [default: the nearest omnic.toml at or above the project''s root]'
            cand --api-version 'API version to check against, such as 66.0 [default: the project''s, else the newest known]'
            cand --allow-outside 'Let the project''s links and settings lead out of its git work tree; without it, such a file is not read'
            cand --world 'What to assume of names that the project does not define [default: project]'
            cand --inventory 'File or folder of names that the org has, as `sf org list metadata --json` writes them; repeatable'
            cand --records 'Folder with records of the org, exported with the Salesforce CLI; docs/org-records.md says how'
            cand --strict 'Run the strict checks too: true, but noisy on healthy projects'
            cand --baseline 'File of accepted findings [default: omnic-baseline.json in the project''s root]'
            cand --isolated 'Read no configuration file and no baseline'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'omnic;closure'= {
            cand --changed 'Take the files that changed since this commit or branch, or in `A..B` or `A...B`'
            cand --format 'What is written'
            cand -o 'File to write to; `-` is standard output [default: -]'
            cand --output 'File to write to; `-` is standard output [default: -]'
            cand --destructive 'With --changed: file for the manifest of what has been deleted, for --post-destructive-changes'
            cand --config 'Configuration file [default: the nearest omnic.toml at or above the project''s root]'
            cand --api-version 'API version to check against, such as 66.0 [default: the project''s, else the newest known]'
            cand --allow-outside 'Let the project''s links and settings lead out of its git work tree; without it, such a file is not read'
            cand --world 'What to assume of names that the project does not define [default: project]'
            cand --inventory 'File or folder of names that the org has, as `sf org list metadata --json` writes them; repeatable'
            cand --records 'Folder with records of the org, exported with the Salesforce CLI; docs/org-records.md says how'
            cand --strict 'Run the strict checks too: true, but noisy on healthy projects'
            cand --baseline 'File of accepted findings [default: omnic-baseline.json in the project''s root]'
            cand --reverse 'List what depends on the components, not what they need'
            cand --isolated 'Read no configuration file and no baseline'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'omnic;explain'= {
            cand --color 'When to use colours; NO_COLOR and CLICOLOR_FORCE are respected'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'omnic;config'= {
            cand --min-severity 'Show findings from this severity on [default: warning]'
            cand --fail-on 'Exit with status 1 if there is a finding from this severity on, shown or not [default: error]'
            cand --strict 'Run the strict checks too: true, but noisy on healthy projects'
            cand --baseline 'File of accepted findings [default: omnic-baseline.json in the project''s root]'
            cand --config 'Configuration file [default: the nearest omnic.toml at or above the project''s root]'
            cand --api-version 'API version to check against, such as 66.0 [default: the project''s, else the newest known]'
            cand --allow-outside 'Let the project''s links and settings lead out of its git work tree; without it, such a file is not read'
            cand --world 'What to assume of names that the project does not define [default: project]'
            cand --inventory 'File or folder of names that the org has, as `sf org list metadata --json` writes them; repeatable'
            cand --records 'Folder with records of the org, exported with the Salesforce CLI; docs/org-records.md says how'
            cand --isolated 'Read no configuration file and no baseline'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'omnic;baseline'= {
            cand -h 'Print help'
            cand --help 'Print help'
            cand create 'Write what is found today to a new baseline'
            cand update 'Write the baseline anew with what is found today, also what is new'
            cand prune 'Take out of the baseline what is no longer found, and add nothing'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'omnic;baseline;create'= {
            cand --min-severity 'Show findings from this severity on [default: warning]'
            cand --strict 'Run the strict checks too: true, but noisy on healthy projects'
            cand --baseline 'File of accepted findings [default: omnic-baseline.json in the project''s root]'
            cand --config 'Configuration file [default: the nearest omnic.toml at or above the project''s root]'
            cand --api-version 'API version to check against, such as 66.0 [default: the project''s, else the newest known]'
            cand --allow-outside 'Let the project''s links and settings lead out of its git work tree; without it, such a file is not read'
            cand --world 'What to assume of names that the project does not define [default: project]'
            cand --inventory 'File or folder of names that the org has, as `sf org list metadata --json` writes them; repeatable'
            cand --records 'Folder with records of the org, exported with the Salesforce CLI; docs/org-records.md says how'
            cand --force 'Write over a baseline that is there'
            cand --isolated 'Read no configuration file and no baseline'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'omnic;baseline;update'= {
            cand --min-severity 'Show findings from this severity on [default: warning]'
            cand --strict 'Run the strict checks too: true, but noisy on healthy projects'
            cand --baseline 'File of accepted findings [default: omnic-baseline.json in the project''s root]'
            cand --config 'Configuration file [default: the nearest omnic.toml at or above the project''s root]'
            cand --api-version 'API version to check against, such as 66.0 [default: the project''s, else the newest known]'
            cand --allow-outside 'Let the project''s links and settings lead out of its git work tree; without it, such a file is not read'
            cand --world 'What to assume of names that the project does not define [default: project]'
            cand --inventory 'File or folder of names that the org has, as `sf org list metadata --json` writes them; repeatable'
            cand --records 'Folder with records of the org, exported with the Salesforce CLI; docs/org-records.md says how'
            cand --isolated 'Read no configuration file and no baseline'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'omnic;baseline;prune'= {
            cand --min-severity 'Show findings from this severity on [default: warning]'
            cand --strict 'Run the strict checks too: true, but noisy on healthy projects'
            cand --baseline 'File of accepted findings [default: omnic-baseline.json in the project''s root]'
            cand --config 'Configuration file [default: the nearest omnic.toml at or above the project''s root]'
            cand --api-version 'API version to check against, such as 66.0 [default: the project''s, else the newest known]'
            cand --allow-outside 'Let the project''s links and settings lead out of its git work tree; without it, such a file is not read'
            cand --world 'What to assume of names that the project does not define [default: project]'
            cand --inventory 'File or folder of names that the org has, as `sf org list metadata --json` writes them; repeatable'
            cand --records 'Folder with records of the org, exported with the Salesforce CLI; docs/org-records.md says how'
            cand --isolated 'Read no configuration file and no baseline'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'omnic;baseline;help'= {
            cand create 'Write what is found today to a new baseline'
            cand update 'Write the baseline anew with what is found today, also what is new'
            cand prune 'Take out of the baseline what is no longer found, and add nothing'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'omnic;baseline;help;create'= {
        }
        &'omnic;baseline;help;update'= {
        }
        &'omnic;baseline;help;prune'= {
        }
        &'omnic;baseline;help;help'= {
        }
        &'omnic;lsp'= {
            cand --client-process-id 'Does nothing: the server ends when its input does'
            cand --allow-outside 'Let links and settings of the projects lead out of their git work trees; without it, such files are not read'
            cand --stdio 'Does nothing: standard input and output are the only way'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'omnic;serve'= {
            cand --port 'Port to listen at; 0 is any that is free'
            cand --host 'Address to listen at; at another than this machine''s own it speaks TLS'
            cand --tls-ca 'Write the certificate that clients must trust to this file'
            cand --tls-cert 'Certificate of your own, PEM with its chain [default: one that a CA of the server''s own signs]'
            cand --tls-key 'Private key of --tls-cert, PEM'
            cand --external-url 'What URLs in answers begin with; a path in it needs a proxy in front that takes it off [default: what the request''s Host header says]'
            cand --data 'Folder for the journal: nothing that was answered is lost, whatever ends the process [default: in memory]'
            cand --clock 'Clock: `real`, `manual`, or for ten times as fast `x10`'
            cand --passwords 'File of passwords, a JSON object by username [default: one password for all, printed at the start]'
            cand --clients 'File of clients (connected apps), a JSON object by client id: only these may log in through OAuth [default: any]'
            cand --session-minutes 'End sessions that are not used for this long, by the org''s clock [default: with the server]'
            cand --api-requests 'Answer this many REST requests in 24 hours, by the org''s clock'
            cand --options 'File of routing options, `.toml` or `.json`: what to do where the documentation is silent'
            cand --components 'Folder of Aura components and Visualforce pages, to be run by a page against this org'
            cand --log 'Print each request on standard error'
            cand --format 'How to say on standard output where it listens'
            cand --strict 'Run the strict checks too: true, but noisy on healthy projects'
            cand --baseline 'File of accepted findings [default: omnic-baseline.json in the project''s root]'
            cand --config 'Configuration file [default: the nearest omnic.toml at or above the project''s root]'
            cand --api-version 'API version to check against, such as 66.0 [default: the project''s, else the newest known]'
            cand --allow-outside 'Let the project''s links and settings lead out of its git work tree; without it, such a file is not read'
            cand --world 'What to assume of names that the project does not define [default: project]'
            cand --inventory 'File or folder of names that the org has, as `sf org list metadata --json` writes them; repeatable'
            cand --records 'Folder with records of the org, exported with the Salesforce CLI; docs/org-records.md says how'
            cand --tls 'Speak TLS, with a certificate that a CA of the server''s own signs'
            cand --allow-http 'Speak no TLS at another address: tokens and data go over the network unencrypted'
            cand --new-plan 'Take data of another plan: records stay, and routing begins again'
            cand --no-soap-login 'Refuse SOAP `login()`, as orgs do that were made since Winter ''26'
            cand --watch 'Compile the project again when one of its files changes'
            cand --allow-errors 'Compile a project with errors, too: without the components that a deploy rejects, which are named'
            cand --isolated 'Read no configuration file and no baseline'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'omnic;completions'= {
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'omnic;help'= {
            cand check 'Check a project, or one folder or file of it'
            cand compile 'Compile a project into its routing plan'
            cand run 'Route work by a plan: apply events, and print what happens'
            cand why 'Say who can be offered work, and why nobody else can'
            cand diff 'Say what a change does to routing: between two projects, plans or git revisions'
            cand graph 'Draw the components and how they name each other: as SVG, DOT, Mermaid or JSON'
            cand closure 'List what a change needs to be deployed, as a manifest for the Salesforce CLI'
            cand explain 'Explain a check, or list them all'
            cand config 'Show the effective settings, and where each comes from'
            cand baseline 'Accept what is found today, so that only what is new is reported'
            cand lsp 'Serve an editor, over the Language Server Protocol'
            cand serve 'Serve an org that has a routing plan, for adapters, tools and tests'
            cand completions 'Print what completes the command line in a shell'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'omnic;help;check'= {
        }
        &'omnic;help;compile'= {
        }
        &'omnic;help;run'= {
        }
        &'omnic;help;why'= {
        }
        &'omnic;help;diff'= {
        }
        &'omnic;help;graph'= {
        }
        &'omnic;help;closure'= {
        }
        &'omnic;help;explain'= {
        }
        &'omnic;help;config'= {
        }
        &'omnic;help;baseline'= {
            cand create 'Write what is found today to a new baseline'
            cand update 'Write the baseline anew with what is found today, also what is new'
            cand prune 'Take out of the baseline what is no longer found, and add nothing'
        }
        &'omnic;help;baseline;create'= {
        }
        &'omnic;help;baseline;update'= {
        }
        &'omnic;help;baseline;prune'= {
        }
        &'omnic;help;lsp'= {
        }
        &'omnic;help;serve'= {
        }
        &'omnic;help;completions'= {
        }
        &'omnic;help;help'= {
        }
    ]
    $completions[$command]
}
