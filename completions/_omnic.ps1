
using namespace System.Management.Automation
using namespace System.Management.Automation.Language

Register-ArgumentCompleter -Native -CommandName 'omnic' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    $commandElements = $commandAst.CommandElements
    $command = @(
        'omnic'
        for ($i = 1; $i -lt $commandElements.Count; $i++) {
            $element = $commandElements[$i]
            if ($element -isnot [StringConstantExpressionAst] -or
                $element.StringConstantType -ne [StringConstantType]::BareWord -or
                $element.Value.StartsWith('-') -or
                $element.Value -eq $wordToComplete) {
                break
        }
        $element.Value
    }) -join ';'

    $completions = @(switch ($command) {
        'omnic' {
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print the version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print the version')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With --version: what a bug report needs, too')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Check a project, or one folder or file of it')
            [CompletionResult]::new('compile', 'compile', [CompletionResultType]::ParameterValue, 'Compile a project into its routing plan')
            [CompletionResult]::new('run', 'run', [CompletionResultType]::ParameterValue, 'Route work by a plan: apply events, and print what happens')
            [CompletionResult]::new('why', 'why', [CompletionResultType]::ParameterValue, 'Say who can be offered work, and why nobody else can')
            [CompletionResult]::new('diff', 'diff', [CompletionResultType]::ParameterValue, 'Say what a change does to routing: between two projects, plans or git revisions')
            [CompletionResult]::new('graph', 'graph', [CompletionResultType]::ParameterValue, 'Draw the components and how they name each other: as SVG, DOT, Mermaid or JSON')
            [CompletionResult]::new('closure', 'closure', [CompletionResultType]::ParameterValue, 'List what a change needs to be deployed, as a manifest for the Salesforce CLI')
            [CompletionResult]::new('explain', 'explain', [CompletionResultType]::ParameterValue, 'Explain a check, or list them all')
            [CompletionResult]::new('config', 'config', [CompletionResultType]::ParameterValue, 'Show the effective settings, and where each comes from')
            [CompletionResult]::new('baseline', 'baseline', [CompletionResultType]::ParameterValue, 'Accept what is found today, so that only what is new is reported')
            [CompletionResult]::new('lsp', 'lsp', [CompletionResultType]::ParameterValue, 'Serve an editor, over the Language Server Protocol')
            [CompletionResult]::new('serve', 'serve', [CompletionResultType]::ParameterValue, 'Serve an org that has a routing plan, for adapters, tools and tests')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print what completes the command line in a shell')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'omnic;check' {
            [CompletionResult]::new('--min-severity', '--min-severity', [CompletionResultType]::ParameterName, 'Show findings from this severity on [default: warning]')
            [CompletionResult]::new('--fail-on', '--fail-on', [CompletionResultType]::ParameterName, 'Exit with status 1 if there is a finding from this severity on, shown or not [default: error]')
            [CompletionResult]::new('--only', '--only', [CompletionResultType]::ParameterName, 'Report only what concerns these files and folders; the whole project is analysed')
            [CompletionResult]::new('--changed', '--changed', [CompletionResultType]::ParameterName, 'Report only what concerns the files that changed since this commit or branch, or in `A..B` or `A...B`')
            [CompletionResult]::new('--stdin-filename', '--stdin-filename', [CompletionResultType]::ParameterName, 'With `-` as path: the file that standard input stands for')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How findings are written to standard output')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Write findings in this format to a file, or without a file to standard output instead of --format; repeatable')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours; NO_COLOR and CLICOLOR_FORCE are respected')
            [CompletionResult]::new('--strict', '--strict', [CompletionResultType]::ParameterName, 'Run the strict checks too: true, but noisy on healthy projects')
            [CompletionResult]::new('--baseline', '--baseline', [CompletionResultType]::ParameterName, 'File of accepted findings [default: omnic-baseline.json in the project''s root]')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Configuration file [default: the nearest omnic.toml at or above the project''s root]')
            [CompletionResult]::new('--api-version', '--api-version', [CompletionResultType]::ParameterName, 'API version to check against, such as 66.0 [default: the project''s, else the newest known]')
            [CompletionResult]::new('--allow-outside', '--allow-outside', [CompletionResultType]::ParameterName, 'Let the project''s links and settings lead out of its git work tree; without it, such a file is not read')
            [CompletionResult]::new('--world', '--world', [CompletionResultType]::ParameterName, 'What to assume of names that the project does not define [default: project]')
            [CompletionResult]::new('--inventory', '--inventory', [CompletionResultType]::ParameterName, 'File or folder of names that the org has, as `sf org list metadata --json` writes them; repeatable')
            [CompletionResult]::new('--records', '--records', [CompletionResultType]::ParameterName, 'Folder with records of the org, exported with the Salesforce CLI; docs/org-records.md says how')
            [CompletionResult]::new('--diff', '--diff', [CompletionResultType]::ParameterName, 'Show what --fix would change, and change nothing; exit with status 1 if that is anything')
            [CompletionResult]::new('--fix', '--fix', [CompletionResultType]::ParameterName, 'Correct what can be corrected without changing routing, and report what is left')
            [CompletionResult]::new('--unsafe-fixes', '--unsafe-fixes', [CompletionResultType]::ParameterName, 'With --diff or --fix: suggestions too, which may change routing and must be looked at')
            [CompletionResult]::new('--statistics', '--statistics', [CompletionResultType]::ParameterName, 'Show how many findings there are of each check instead of the findings')
            [CompletionResult]::new('--isolated', '--isolated', [CompletionResultType]::ParameterName, 'Read no configuration file and no baseline')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'omnic;compile' {
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'File to write the plan to; `-` is standard output [default: -]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'File to write the plan to; `-` is standard output [default: -]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours; NO_COLOR and CLICOLOR_FORCE are respected')
            [CompletionResult]::new('--strict', '--strict', [CompletionResultType]::ParameterName, 'Run the strict checks too: true, but noisy on healthy projects')
            [CompletionResult]::new('--baseline', '--baseline', [CompletionResultType]::ParameterName, 'File of accepted findings [default: omnic-baseline.json in the project''s root]')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Configuration file [default: the nearest omnic.toml at or above the project''s root]')
            [CompletionResult]::new('--api-version', '--api-version', [CompletionResultType]::ParameterName, 'API version to check against, such as 66.0 [default: the project''s, else the newest known]')
            [CompletionResult]::new('--allow-outside', '--allow-outside', [CompletionResultType]::ParameterName, 'Let the project''s links and settings lead out of its git work tree; without it, such a file is not read')
            [CompletionResult]::new('--world', '--world', [CompletionResultType]::ParameterName, 'What to assume of names that the project does not define [default: project]')
            [CompletionResult]::new('--inventory', '--inventory', [CompletionResultType]::ParameterName, 'File or folder of names that the org has, as `sf org list metadata --json` writes them; repeatable')
            [CompletionResult]::new('--records', '--records', [CompletionResultType]::ParameterName, 'Folder with records of the org, exported with the Salesforce CLI; docs/org-records.md says how')
            [CompletionResult]::new('--no-provenance', '--no-provenance', [CompletionResultType]::ParameterName, 'Leave out which file and line each row comes from')
            [CompletionResult]::new('--no-display', '--no-display', [CompletionResultType]::ParameterName, 'Leave out what people see and routing ignores, such as labels and sounds')
            [CompletionResult]::new('--allow-errors', '--allow-errors', [CompletionResultType]::ParameterName, 'Compile a project with errors, too: without the components that a deploy rejects, which are named')
            [CompletionResult]::new('--isolated', '--isolated', [CompletionResultType]::ParameterName, 'Read no configuration file and no baseline')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'omnic;run' {
            [CompletionResult]::new('--events', '--events', [CompletionResultType]::ParameterName, 'File of events, one JSON object a line; `-` is standard input [default: -]')
            [CompletionResult]::new('--options', '--options', [CompletionResultType]::ParameterName, 'File of routing options, `.toml` or `.json`: what to do where the documentation is silent')
            [CompletionResult]::new('--resume', '--resume', [CompletionResultType]::ParameterName, 'Resume from a state written by --save, with the options that the first run had')
            [CompletionResult]::new('--save', '--save', [CompletionResultType]::ParameterName, 'Write the state at the end to a file, even if a line ended the run')
            [CompletionResult]::new('--max-timers', '--max-timers', [CompletionResultType]::ParameterName, 'Stop when this many timers fire between two events, which is most often a slip in a year; `none` is no limit')
            [CompletionResult]::new('--only', '--only', [CompletionResultType]::ParameterName, 'Print only what is about a queue, rep or record: queue=NAME, agent=USERNAME or record=ID; repeatable')
            [CompletionResult]::new('--query', '--query', [CompletionResultType]::ParameterName, 'Print the records of these types, with all their fields, as JSON Lines; separated by commas')
            [CompletionResult]::new('--records-out', '--records-out', [CompletionResultType]::ParameterName, 'Write the records to a file instead; without --query, those of all types')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Take the records as they are at a time, not at the end')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours; NO_COLOR and CLICOLOR_FORCE are respected')
            [CompletionResult]::new('--strict', '--strict', [CompletionResultType]::ParameterName, 'Run the strict checks too: true, but noisy on healthy projects')
            [CompletionResult]::new('--baseline', '--baseline', [CompletionResultType]::ParameterName, 'File of accepted findings [default: omnic-baseline.json in the project''s root]')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Configuration file [default: the nearest omnic.toml at or above the project''s root]')
            [CompletionResult]::new('--api-version', '--api-version', [CompletionResultType]::ParameterName, 'API version to check against, such as 66.0 [default: the project''s, else the newest known]')
            [CompletionResult]::new('--allow-outside', '--allow-outside', [CompletionResultType]::ParameterName, 'Let the project''s links and settings lead out of its git work tree; without it, such a file is not read')
            [CompletionResult]::new('--world', '--world', [CompletionResultType]::ParameterName, 'What to assume of names that the project does not define [default: project]')
            [CompletionResult]::new('--inventory', '--inventory', [CompletionResultType]::ParameterName, 'File or folder of names that the org has, as `sf org list metadata --json` writes them; repeatable')
            [CompletionResult]::new('--records', '--records', [CompletionResultType]::ParameterName, 'Folder with records of the org, exported with the Salesforce CLI; docs/org-records.md says how')
            [CompletionResult]::new('--trace', '--trace', [CompletionResultType]::ParameterName, 'Print sentences that say why, not JSON Lines; at the end, what still waits')
            [CompletionResult]::new('--summary', '--summary', [CompletionResultType]::ParameterName, 'At the end, print figures of each queue and rep, and what was refused: tables with --trace, else a JSON object')
            [CompletionResult]::new('--allow-errors', '--allow-errors', [CompletionResultType]::ParameterName, 'Compile a project with errors, too: without the components that a deploy rejects, which are named')
            [CompletionResult]::new('--isolated', '--isolated', [CompletionResultType]::ParameterName, 'Read no configuration file and no baseline')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'omnic;why' {
            [CompletionResult]::new('--queue', '--queue', [CompletionResultType]::ParameterName, 'Who can be offered the work of this queue')
            [CompletionResult]::new('--object', '--object', [CompletionResultType]::ParameterName, 'Who can be offered work of this object: through each queue that holds it, and each flow that routes it')
            [CompletionResult]::new('--flow', '--flow', [CompletionResultType]::ParameterName, 'Where the route-work actions of this flow lead, and who can be offered their work')
            [CompletionResult]::new('--record', '--record', [CompletionResultType]::ParameterName, 'Who can be offered a record: a JSON file as the REST API gives it')
            [CompletionResult]::new('--item', '--item', [CompletionResultType]::ParameterName, 'With --state: why this record waits')
            [CompletionResult]::new('--state', '--state', [CompletionResultType]::ParameterName, 'A state that `omnic run --save` wrote, of the same plan or project')
            [CompletionResult]::new('--agent', '--agent', [CompletionResultType]::ParameterName, 'Only this rep, by username, with every step')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'The value of a field of the work, by which skill mapping sets ask for skills; repeatable')
            [CompletionResult]::new('--skills', '--skills', [CompletionResultType]::ParameterName, 'The work needs these skills too, separated by commas; repeatable')
            [CompletionResult]::new('--status', '--status', [CompletionResultType]::ParameterName, 'The reps are in this presence status')
            [CompletionResult]::new('--capacity', '--capacity', [CompletionResultType]::ParameterName, 'The reps have this many units of capacity free')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How the answer is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours; NO_COLOR and CLICOLOR_FORCE are respected')
            [CompletionResult]::new('--strict', '--strict', [CompletionResultType]::ParameterName, 'Run the strict checks too: true, but noisy on healthy projects')
            [CompletionResult]::new('--baseline', '--baseline', [CompletionResultType]::ParameterName, 'File of accepted findings [default: omnic-baseline.json in the project''s root]')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Configuration file [default: the nearest omnic.toml at or above the project''s root]')
            [CompletionResult]::new('--api-version', '--api-version', [CompletionResultType]::ParameterName, 'API version to check against, such as 66.0 [default: the project''s, else the newest known]')
            [CompletionResult]::new('--allow-outside', '--allow-outside', [CompletionResultType]::ParameterName, 'Let the project''s links and settings lead out of its git work tree; without it, such a file is not read')
            [CompletionResult]::new('--world', '--world', [CompletionResultType]::ParameterName, 'What to assume of names that the project does not define [default: project]')
            [CompletionResult]::new('--inventory', '--inventory', [CompletionResultType]::ParameterName, 'File or folder of names that the org has, as `sf org list metadata --json` writes them; repeatable')
            [CompletionResult]::new('--records', '--records', [CompletionResultType]::ParameterName, 'Folder with records of the org, exported with the Salesforce CLI; docs/org-records.md says how')
            [CompletionResult]::new('--isolated', '--isolated', [CompletionResultType]::ParameterName, 'Read no configuration file and no baseline')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'omnic;diff' {
            [CompletionResult]::new('--old-records', '--old-records', [CompletionResultType]::ParameterName, 'Folder with records of the org for the old side; without it, --records counts for both')
            [CompletionResult]::new('--expect', '--expect', [CompletionResultType]::ParameterName, 'File that says what the change is meant to do; all else is collateral')
            [CompletionResult]::new('--fail-on', '--fail-on', [CompletionResultType]::ParameterName, 'Exit with 1 if such a change is found')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Write the report to a file instead; `-` is standard output')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Write the report to a file instead; `-` is standard output')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours; NO_COLOR and CLICOLOR_FORCE are respected')
            [CompletionResult]::new('--strict', '--strict', [CompletionResultType]::ParameterName, 'Run the strict checks too: true, but noisy on healthy projects')
            [CompletionResult]::new('--baseline', '--baseline', [CompletionResultType]::ParameterName, 'File of accepted findings [default: omnic-baseline.json in the project''s root]')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Configuration file [default: the nearest omnic.toml at or above the project''s root]')
            [CompletionResult]::new('--api-version', '--api-version', [CompletionResultType]::ParameterName, 'API version to check against, such as 66.0 [default: the project''s, else the newest known]')
            [CompletionResult]::new('--allow-outside', '--allow-outside', [CompletionResultType]::ParameterName, 'Let the project''s links and settings lead out of its git work tree; without it, such a file is not read')
            [CompletionResult]::new('--world', '--world', [CompletionResultType]::ParameterName, 'What to assume of names that the project does not define [default: project]')
            [CompletionResult]::new('--inventory', '--inventory', [CompletionResultType]::ParameterName, 'File or folder of names that the org has, as `sf org list metadata --json` writes them; repeatable')
            [CompletionResult]::new('--records', '--records', [CompletionResultType]::ParameterName, 'Folder with records of the org, exported with the Salesforce CLI; docs/org-records.md says how')
            [CompletionResult]::new('--details', '--details', [CompletionResultType]::ParameterName, 'Show every change with all its rows and its example, and the rows without effect')
            [CompletionResult]::new('--isolated', '--isolated', [CompletionResultType]::ParameterName, 'Read no configuration file and no baseline')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'omnic;graph' {
            [CompletionResult]::new('--focus', '--focus', [CompletionResultType]::ParameterName, 'Draw what is around this component: its type and name, such as Queue:Support')
            [CompletionResult]::new('--depth', '--depth', [CompletionResultType]::ParameterName, 'With --focus: how many references away from it a component may be')
            [CompletionResult]::new('--kind', '--kind', [CompletionResultType]::ParameterName, 'Draw only components of this type, such as Queue; repeatable')
            [CompletionResult]::new('--fold', '--fold', [CompletionResultType]::ParameterName, 'When components of one type are folded into one: `auto` in pictures with more than 100, never in JSON')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'What is written')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'File to write to; `-` is standard output [default: -]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'File to write to; `-` is standard output [default: -]')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Configuration file [default: the nearest omnic.toml at or above the project''s root]')
            [CompletionResult]::new('--api-version', '--api-version', [CompletionResultType]::ParameterName, 'API version to check against, such as 66.0 [default: the project''s, else the newest known]')
            [CompletionResult]::new('--allow-outside', '--allow-outside', [CompletionResultType]::ParameterName, 'Let the project''s links and settings lead out of its git work tree; without it, such a file is not read')
            [CompletionResult]::new('--world', '--world', [CompletionResultType]::ParameterName, 'What to assume of names that the project does not define [default: project]')
            [CompletionResult]::new('--inventory', '--inventory', [CompletionResultType]::ParameterName, 'File or folder of names that the org has, as `sf org list metadata --json` writes them; repeatable')
            [CompletionResult]::new('--records', '--records', [CompletionResultType]::ParameterName, 'Folder with records of the org, exported with the Salesforce CLI; docs/org-records.md says how')
            [CompletionResult]::new('--strict', '--strict', [CompletionResultType]::ParameterName, 'Run the strict checks too: true, but noisy on healthy projects')
            [CompletionResult]::new('--baseline', '--baseline', [CompletionResultType]::ParameterName, 'File of accepted findings [default: omnic-baseline.json in the project''s root]')
            [CompletionResult]::new('--isolated', '--isolated', [CompletionResultType]::ParameterName, 'Read no configuration file and no baseline')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'omnic;closure' {
            [CompletionResult]::new('--changed', '--changed', [CompletionResultType]::ParameterName, 'Take the files that changed since this commit or branch, or in `A..B` or `A...B`')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'What is written')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'File to write to; `-` is standard output [default: -]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'File to write to; `-` is standard output [default: -]')
            [CompletionResult]::new('--destructive', '--destructive', [CompletionResultType]::ParameterName, 'With --changed: file for the manifest of what has been deleted, for --post-destructive-changes')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Configuration file [default: the nearest omnic.toml at or above the project''s root]')
            [CompletionResult]::new('--api-version', '--api-version', [CompletionResultType]::ParameterName, 'API version to check against, such as 66.0 [default: the project''s, else the newest known]')
            [CompletionResult]::new('--allow-outside', '--allow-outside', [CompletionResultType]::ParameterName, 'Let the project''s links and settings lead out of its git work tree; without it, such a file is not read')
            [CompletionResult]::new('--world', '--world', [CompletionResultType]::ParameterName, 'What to assume of names that the project does not define [default: project]')
            [CompletionResult]::new('--inventory', '--inventory', [CompletionResultType]::ParameterName, 'File or folder of names that the org has, as `sf org list metadata --json` writes them; repeatable')
            [CompletionResult]::new('--records', '--records', [CompletionResultType]::ParameterName, 'Folder with records of the org, exported with the Salesforce CLI; docs/org-records.md says how')
            [CompletionResult]::new('--strict', '--strict', [CompletionResultType]::ParameterName, 'Run the strict checks too: true, but noisy on healthy projects')
            [CompletionResult]::new('--baseline', '--baseline', [CompletionResultType]::ParameterName, 'File of accepted findings [default: omnic-baseline.json in the project''s root]')
            [CompletionResult]::new('--reverse', '--reverse', [CompletionResultType]::ParameterName, 'List what depends on the components, not what they need')
            [CompletionResult]::new('--isolated', '--isolated', [CompletionResultType]::ParameterName, 'Read no configuration file and no baseline')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'omnic;explain' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours; NO_COLOR and CLICOLOR_FORCE are respected')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'omnic;config' {
            [CompletionResult]::new('--min-severity', '--min-severity', [CompletionResultType]::ParameterName, 'Show findings from this severity on [default: warning]')
            [CompletionResult]::new('--fail-on', '--fail-on', [CompletionResultType]::ParameterName, 'Exit with status 1 if there is a finding from this severity on, shown or not [default: error]')
            [CompletionResult]::new('--strict', '--strict', [CompletionResultType]::ParameterName, 'Run the strict checks too: true, but noisy on healthy projects')
            [CompletionResult]::new('--baseline', '--baseline', [CompletionResultType]::ParameterName, 'File of accepted findings [default: omnic-baseline.json in the project''s root]')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Configuration file [default: the nearest omnic.toml at or above the project''s root]')
            [CompletionResult]::new('--api-version', '--api-version', [CompletionResultType]::ParameterName, 'API version to check against, such as 66.0 [default: the project''s, else the newest known]')
            [CompletionResult]::new('--allow-outside', '--allow-outside', [CompletionResultType]::ParameterName, 'Let the project''s links and settings lead out of its git work tree; without it, such a file is not read')
            [CompletionResult]::new('--world', '--world', [CompletionResultType]::ParameterName, 'What to assume of names that the project does not define [default: project]')
            [CompletionResult]::new('--inventory', '--inventory', [CompletionResultType]::ParameterName, 'File or folder of names that the org has, as `sf org list metadata --json` writes them; repeatable')
            [CompletionResult]::new('--records', '--records', [CompletionResultType]::ParameterName, 'Folder with records of the org, exported with the Salesforce CLI; docs/org-records.md says how')
            [CompletionResult]::new('--isolated', '--isolated', [CompletionResultType]::ParameterName, 'Read no configuration file and no baseline')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'omnic;baseline' {
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Write what is found today to a new baseline')
            [CompletionResult]::new('update', 'update', [CompletionResultType]::ParameterValue, 'Write the baseline anew with what is found today, also what is new')
            [CompletionResult]::new('prune', 'prune', [CompletionResultType]::ParameterValue, 'Take out of the baseline what is no longer found, and add nothing')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'omnic;baseline;create' {
            [CompletionResult]::new('--min-severity', '--min-severity', [CompletionResultType]::ParameterName, 'Show findings from this severity on [default: warning]')
            [CompletionResult]::new('--strict', '--strict', [CompletionResultType]::ParameterName, 'Run the strict checks too: true, but noisy on healthy projects')
            [CompletionResult]::new('--baseline', '--baseline', [CompletionResultType]::ParameterName, 'File of accepted findings [default: omnic-baseline.json in the project''s root]')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Configuration file [default: the nearest omnic.toml at or above the project''s root]')
            [CompletionResult]::new('--api-version', '--api-version', [CompletionResultType]::ParameterName, 'API version to check against, such as 66.0 [default: the project''s, else the newest known]')
            [CompletionResult]::new('--allow-outside', '--allow-outside', [CompletionResultType]::ParameterName, 'Let the project''s links and settings lead out of its git work tree; without it, such a file is not read')
            [CompletionResult]::new('--world', '--world', [CompletionResultType]::ParameterName, 'What to assume of names that the project does not define [default: project]')
            [CompletionResult]::new('--inventory', '--inventory', [CompletionResultType]::ParameterName, 'File or folder of names that the org has, as `sf org list metadata --json` writes them; repeatable')
            [CompletionResult]::new('--records', '--records', [CompletionResultType]::ParameterName, 'Folder with records of the org, exported with the Salesforce CLI; docs/org-records.md says how')
            [CompletionResult]::new('--force', '--force', [CompletionResultType]::ParameterName, 'Write over a baseline that is there')
            [CompletionResult]::new('--isolated', '--isolated', [CompletionResultType]::ParameterName, 'Read no configuration file and no baseline')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'omnic;baseline;update' {
            [CompletionResult]::new('--min-severity', '--min-severity', [CompletionResultType]::ParameterName, 'Show findings from this severity on [default: warning]')
            [CompletionResult]::new('--strict', '--strict', [CompletionResultType]::ParameterName, 'Run the strict checks too: true, but noisy on healthy projects')
            [CompletionResult]::new('--baseline', '--baseline', [CompletionResultType]::ParameterName, 'File of accepted findings [default: omnic-baseline.json in the project''s root]')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Configuration file [default: the nearest omnic.toml at or above the project''s root]')
            [CompletionResult]::new('--api-version', '--api-version', [CompletionResultType]::ParameterName, 'API version to check against, such as 66.0 [default: the project''s, else the newest known]')
            [CompletionResult]::new('--allow-outside', '--allow-outside', [CompletionResultType]::ParameterName, 'Let the project''s links and settings lead out of its git work tree; without it, such a file is not read')
            [CompletionResult]::new('--world', '--world', [CompletionResultType]::ParameterName, 'What to assume of names that the project does not define [default: project]')
            [CompletionResult]::new('--inventory', '--inventory', [CompletionResultType]::ParameterName, 'File or folder of names that the org has, as `sf org list metadata --json` writes them; repeatable')
            [CompletionResult]::new('--records', '--records', [CompletionResultType]::ParameterName, 'Folder with records of the org, exported with the Salesforce CLI; docs/org-records.md says how')
            [CompletionResult]::new('--isolated', '--isolated', [CompletionResultType]::ParameterName, 'Read no configuration file and no baseline')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'omnic;baseline;prune' {
            [CompletionResult]::new('--min-severity', '--min-severity', [CompletionResultType]::ParameterName, 'Show findings from this severity on [default: warning]')
            [CompletionResult]::new('--strict', '--strict', [CompletionResultType]::ParameterName, 'Run the strict checks too: true, but noisy on healthy projects')
            [CompletionResult]::new('--baseline', '--baseline', [CompletionResultType]::ParameterName, 'File of accepted findings [default: omnic-baseline.json in the project''s root]')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Configuration file [default: the nearest omnic.toml at or above the project''s root]')
            [CompletionResult]::new('--api-version', '--api-version', [CompletionResultType]::ParameterName, 'API version to check against, such as 66.0 [default: the project''s, else the newest known]')
            [CompletionResult]::new('--allow-outside', '--allow-outside', [CompletionResultType]::ParameterName, 'Let the project''s links and settings lead out of its git work tree; without it, such a file is not read')
            [CompletionResult]::new('--world', '--world', [CompletionResultType]::ParameterName, 'What to assume of names that the project does not define [default: project]')
            [CompletionResult]::new('--inventory', '--inventory', [CompletionResultType]::ParameterName, 'File or folder of names that the org has, as `sf org list metadata --json` writes them; repeatable')
            [CompletionResult]::new('--records', '--records', [CompletionResultType]::ParameterName, 'Folder with records of the org, exported with the Salesforce CLI; docs/org-records.md says how')
            [CompletionResult]::new('--isolated', '--isolated', [CompletionResultType]::ParameterName, 'Read no configuration file and no baseline')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'omnic;baseline;help' {
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Write what is found today to a new baseline')
            [CompletionResult]::new('update', 'update', [CompletionResultType]::ParameterValue, 'Write the baseline anew with what is found today, also what is new')
            [CompletionResult]::new('prune', 'prune', [CompletionResultType]::ParameterValue, 'Take out of the baseline what is no longer found, and add nothing')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'omnic;baseline;help;create' {
            break
        }
        'omnic;baseline;help;update' {
            break
        }
        'omnic;baseline;help;prune' {
            break
        }
        'omnic;baseline;help;help' {
            break
        }
        'omnic;lsp' {
            [CompletionResult]::new('--client-process-id', '--client-process-id', [CompletionResultType]::ParameterName, 'Does nothing: the server ends when its input does')
            [CompletionResult]::new('--allow-outside', '--allow-outside', [CompletionResultType]::ParameterName, 'Let links and settings of the projects lead out of their git work trees; without it, such files are not read')
            [CompletionResult]::new('--stdio', '--stdio', [CompletionResultType]::ParameterName, 'Does nothing: standard input and output are the only way')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'omnic;serve' {
            [CompletionResult]::new('--port', '--port', [CompletionResultType]::ParameterName, 'Port to listen at; 0 is any that is free')
            [CompletionResult]::new('--host', '--host', [CompletionResultType]::ParameterName, 'Address to listen at; at another than this machine''s own it speaks TLS')
            [CompletionResult]::new('--tls-ca', '--tls-ca', [CompletionResultType]::ParameterName, 'Write the certificate that clients must trust to this file')
            [CompletionResult]::new('--tls-cert', '--tls-cert', [CompletionResultType]::ParameterName, 'Certificate of your own, PEM with its chain [default: one that a CA of the server''s own signs]')
            [CompletionResult]::new('--tls-key', '--tls-key', [CompletionResultType]::ParameterName, 'Private key of --tls-cert, PEM')
            [CompletionResult]::new('--external-url', '--external-url', [CompletionResultType]::ParameterName, 'What URLs in answers begin with; a path in it needs a proxy in front that takes it off [default: what the request''s Host header says]')
            [CompletionResult]::new('--data', '--data', [CompletionResultType]::ParameterName, 'Folder for the journal: nothing that was answered is lost, whatever ends the process [default: in memory]')
            [CompletionResult]::new('--clock', '--clock', [CompletionResultType]::ParameterName, 'Clock: `real`, `manual`, or for ten times as fast `x10`')
            [CompletionResult]::new('--passwords', '--passwords', [CompletionResultType]::ParameterName, 'File of passwords, a JSON object by username [default: one password for all, printed at the start]')
            [CompletionResult]::new('--clients', '--clients', [CompletionResultType]::ParameterName, 'File of clients (connected apps), a JSON object by client id: only these may log in through OAuth [default: any]')
            [CompletionResult]::new('--session-minutes', '--session-minutes', [CompletionResultType]::ParameterName, 'End sessions that are not used for this long, by the org''s clock [default: with the server]')
            [CompletionResult]::new('--api-requests', '--api-requests', [CompletionResultType]::ParameterName, 'Answer this many REST requests in 24 hours, by the org''s clock')
            [CompletionResult]::new('--options', '--options', [CompletionResultType]::ParameterName, 'File of routing options, `.toml` or `.json`: what to do where the documentation is silent')
            [CompletionResult]::new('--components', '--components', [CompletionResultType]::ParameterName, 'Folder of Aura components and Visualforce pages, to be run by a page against this org')
            [CompletionResult]::new('--log', '--log', [CompletionResultType]::ParameterName, 'Print each request on standard error')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to say on standard output where it listens')
            [CompletionResult]::new('--strict', '--strict', [CompletionResultType]::ParameterName, 'Run the strict checks too: true, but noisy on healthy projects')
            [CompletionResult]::new('--baseline', '--baseline', [CompletionResultType]::ParameterName, 'File of accepted findings [default: omnic-baseline.json in the project''s root]')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Configuration file [default: the nearest omnic.toml at or above the project''s root]')
            [CompletionResult]::new('--api-version', '--api-version', [CompletionResultType]::ParameterName, 'API version to check against, such as 66.0 [default: the project''s, else the newest known]')
            [CompletionResult]::new('--allow-outside', '--allow-outside', [CompletionResultType]::ParameterName, 'Let the project''s links and settings lead out of its git work tree; without it, such a file is not read')
            [CompletionResult]::new('--world', '--world', [CompletionResultType]::ParameterName, 'What to assume of names that the project does not define [default: project]')
            [CompletionResult]::new('--inventory', '--inventory', [CompletionResultType]::ParameterName, 'File or folder of names that the org has, as `sf org list metadata --json` writes them; repeatable')
            [CompletionResult]::new('--records', '--records', [CompletionResultType]::ParameterName, 'Folder with records of the org, exported with the Salesforce CLI; docs/org-records.md says how')
            [CompletionResult]::new('--tls', '--tls', [CompletionResultType]::ParameterName, 'Speak TLS, with a certificate that a CA of the server''s own signs')
            [CompletionResult]::new('--allow-http', '--allow-http', [CompletionResultType]::ParameterName, 'Speak no TLS at another address: tokens and data go over the network unencrypted')
            [CompletionResult]::new('--new-plan', '--new-plan', [CompletionResultType]::ParameterName, 'Take data of another plan: records stay, and routing begins again')
            [CompletionResult]::new('--no-soap-login', '--no-soap-login', [CompletionResultType]::ParameterName, 'Refuse SOAP `login()`, as orgs do that were made since Winter ''26')
            [CompletionResult]::new('--watch', '--watch', [CompletionResultType]::ParameterName, 'Compile the project again when one of its files changes')
            [CompletionResult]::new('--allow-errors', '--allow-errors', [CompletionResultType]::ParameterName, 'Compile a project with errors, too: without the components that a deploy rejects, which are named')
            [CompletionResult]::new('--isolated', '--isolated', [CompletionResultType]::ParameterName, 'Read no configuration file and no baseline')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'omnic;completions' {
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'omnic;help' {
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Check a project, or one folder or file of it')
            [CompletionResult]::new('compile', 'compile', [CompletionResultType]::ParameterValue, 'Compile a project into its routing plan')
            [CompletionResult]::new('run', 'run', [CompletionResultType]::ParameterValue, 'Route work by a plan: apply events, and print what happens')
            [CompletionResult]::new('why', 'why', [CompletionResultType]::ParameterValue, 'Say who can be offered work, and why nobody else can')
            [CompletionResult]::new('diff', 'diff', [CompletionResultType]::ParameterValue, 'Say what a change does to routing: between two projects, plans or git revisions')
            [CompletionResult]::new('graph', 'graph', [CompletionResultType]::ParameterValue, 'Draw the components and how they name each other: as SVG, DOT, Mermaid or JSON')
            [CompletionResult]::new('closure', 'closure', [CompletionResultType]::ParameterValue, 'List what a change needs to be deployed, as a manifest for the Salesforce CLI')
            [CompletionResult]::new('explain', 'explain', [CompletionResultType]::ParameterValue, 'Explain a check, or list them all')
            [CompletionResult]::new('config', 'config', [CompletionResultType]::ParameterValue, 'Show the effective settings, and where each comes from')
            [CompletionResult]::new('baseline', 'baseline', [CompletionResultType]::ParameterValue, 'Accept what is found today, so that only what is new is reported')
            [CompletionResult]::new('lsp', 'lsp', [CompletionResultType]::ParameterValue, 'Serve an editor, over the Language Server Protocol')
            [CompletionResult]::new('serve', 'serve', [CompletionResultType]::ParameterValue, 'Serve an org that has a routing plan, for adapters, tools and tests')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print what completes the command line in a shell')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'omnic;help;check' {
            break
        }
        'omnic;help;compile' {
            break
        }
        'omnic;help;run' {
            break
        }
        'omnic;help;why' {
            break
        }
        'omnic;help;diff' {
            break
        }
        'omnic;help;graph' {
            break
        }
        'omnic;help;closure' {
            break
        }
        'omnic;help;explain' {
            break
        }
        'omnic;help;config' {
            break
        }
        'omnic;help;baseline' {
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Write what is found today to a new baseline')
            [CompletionResult]::new('update', 'update', [CompletionResultType]::ParameterValue, 'Write the baseline anew with what is found today, also what is new')
            [CompletionResult]::new('prune', 'prune', [CompletionResultType]::ParameterValue, 'Take out of the baseline what is no longer found, and add nothing')
            break
        }
        'omnic;help;baseline;create' {
            break
        }
        'omnic;help;baseline;update' {
            break
        }
        'omnic;help;baseline;prune' {
            break
        }
        'omnic;help;lsp' {
            break
        }
        'omnic;help;serve' {
            break
        }
        'omnic;help;completions' {
            break
        }
        'omnic;help;help' {
            break
        }
    })

    $completions.Where{ $_.CompletionText -like "$wordToComplete*" } |
        Sort-Object -Property ListItemText
}
