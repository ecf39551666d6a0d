module completions {

  # Checks Salesforce Omni-Channel configuration offline, and compiles it into a routing plan
  export extern omnic [
    --version(-V)             # Print the version
    --verbose                 # With --version: what a bug report needs, too
    --help(-h)                # Print help
  ]

  def "nu-complete omnic check min_severity" [] {
    [ "note" "warning" "error" ]
  }

  def "nu-complete omnic check fail_on" [] {
    [ "error" "warning" "note" "never" ]
  }

  def "nu-complete omnic check format" [] {
    [ "human" "concise" "json" "json-lines" "sarif" "github" "gitlab" "junit" "checkstyle" "markdown" ]
  }

  def "nu-complete omnic check color" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete omnic check strict" [] {
    [ "true" "false" ]
  }

  def "nu-complete omnic check allow_outside" [] {
    [ "true" "false" ]
  }

  def "nu-complete omnic check world" [] {
    [ "project" "open" "closed" ]
  }

  # Check a project, or one folder or file of it
  export extern "omnic check" [
    --min-severity: string@"nu-complete omnic check min_severity" # Show findings from this severity on [default: warning]
    --fail-on: string@"nu-complete omnic check fail_on" # Exit with status 1 if there is a finding from this severity on, shown or not [default: error]
    --only: path              # Report only what concerns these files and folders; the whole project is analysed
    --changed: string         # Report only what concerns the files that changed since this commit or branch, or in `A..B` or `A...B`
    --stdin-filename: path    # With `-` as path: the file that standard input stands for
    --diff                    # Show what --fix would change, and change nothing; exit with status 1 if that is anything
    --fix                     # Correct what can be corrected without changing routing, and report what is left
    --unsafe-fixes            # With --diff or --fix: suggestions too, which may change routing and must be looked at
    --format: string@"nu-complete omnic check format" # How findings are written to standard output
    --output: string          # Write findings in this format to a file, or without a file to standard output instead of --format; repeatable
    --statistics              # Show how many findings there are of each check instead of the findings
    --color: string@"nu-complete omnic check color" # When to use colours; NO_COLOR and CLICOLOR_FORCE are respected
    --strict: string@"nu-complete omnic check strict" # Run the strict checks too: true, but noisy on healthy projects
    --baseline: path          # File of accepted findings [default: omnic-baseline.json in the project's root]
    --config: path            # Configuration file [default: the nearest omnic.toml at or above the project's root]
    --isolated                # Read no configuration file and no baseline
    --api-version: string     # API version to check against, such as 66.0 [default: the project's, else the newest known]
    --allow-outside: string@"nu-complete omnic check allow_outside" # Let the project's links and settings lead out of its git work tree; without it, such a file is not read
    --world: string@"nu-complete omnic check world" # What to assume of names that the project does not define [default: project]
    --inventory: path         # File or folder of names that the org has, as `sf org list metadata --json` writes them; repeatable
    --records: path           # Folder with records of the org, exported with the Salesforce CLI; docs/org-records.md says how
    --help(-h)                # Print help (see more with '--help')
    path?: path               # Project, folder or file; the whole project around it is read
  ]

  def "nu-complete omnic compile color" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete omnic compile strict" [] {
    [ "true" "false" ]
  }

  def "nu-complete omnic compile allow_outside" [] {
    [ "true" "false" ]
  }

  def "nu-complete omnic compile world" [] {
    [ "project" "open" "closed" ]
  }

  # Compile a project into its routing plan
  export extern "omnic compile" [
    --output(-o): path        # File to write the plan to; `-` is standard output [default: -]
    --no-provenance           # Leave out which file and line each row comes from
    --no-display              # Leave out what people see and routing ignores, such as labels and sounds
    --allow-errors            # Compile a project with errors, too: without the components that a deploy rejects, which are named
    --color: string@"nu-complete omnic compile color" # When to use colours; NO_COLOR and CLICOLOR_FORCE are respected
    --strict: string@"nu-complete omnic compile strict" # Run the strict checks too: true, but noisy on healthy projects
    --baseline: path          # File of accepted findings [default: omnic-baseline.json in the project's root]
    --config: path            # Configuration file [default: the nearest omnic.toml at or above the project's root]
    --isolated                # Read no configuration file and no baseline
    --api-version: string     # API version to check against, such as 66.0 [default: the project's, else the newest known]
    --allow-outside: string@"nu-complete omnic compile allow_outside" # Let the project's links and settings lead out of its git work tree; without it, such a file is not read
    --world: string@"nu-complete omnic compile world" # What to assume of names that the project does not define [default: project]
    --inventory: path         # File or folder of names that the org has, as `sf org list metadata --json` writes them; repeatable
    --records: path           # Folder with records of the org, exported with the Salesforce CLI; docs/org-records.md says how
    --help(-h)                # Print help (see more with '--help')
    path?: path               # Project, folder or file; the whole project around it is read
  ]

  def "nu-complete omnic run query" [] {
    [ "AgentWork" "AgentWorkSkill" "PendingServiceRouting" "SkillRequirement" "UserServicePresence" ]
  }

  def "nu-complete omnic run color" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete omnic run strict" [] {
    [ "true" "false" ]
  }

  def "nu-complete omnic run allow_outside" [] {
    [ "true" "false" ]
  }

  def "nu-complete omnic run world" [] {
    [ "project" "open" "closed" ]
  }

  # Route work by a plan: apply events, and print what happens
  export extern "omnic run" [
    --events: path            # File of events, one JSON object a line; `-` is standard input [default: -]
    --options: path           # File of routing options, `.toml` or `.json`: what to do where the documentation is silent
    --resume: path            # Resume from a state written by --save, with the options that the first run had
    --save: path              # Write the state at the end to a file, even if a line ended the run
    --max-timers: string      # Stop when this many timers fire between two events, which is most often a slip in a year; `none` is no limit
    --trace                   # Print sentences that say why, not JSON Lines; at the end, what still waits
    --summary                 # At the end, print figures of each queue and rep, and what was refused: tables with --trace, else a JSON object
    --only: string            # Print only what is about a queue, rep or record: queue=NAME, agent=USERNAME or record=ID; repeatable
    --query: string@"nu-complete omnic run query" # Print the records of these types, with all their fields, as JSON Lines; separated by commas
    --records-out: path       # Write the records to a file instead; without --query, those of all types
    --at: string              # Take the records as they are at a time, not at the end
    --allow-errors            # Compile a project with errors, too: without the components that a deploy rejects, which are named
    --color: string@"nu-complete omnic run color" # When to use colours; NO_COLOR and CLICOLOR_FORCE are respected
    --strict: string@"nu-complete omnic run strict" # Run the strict checks too: true, but noisy on healthy projects
    --baseline: path          # File of accepted findings [default: omnic-baseline.json in the project's root]
    --config: path            # Configuration file [default: the nearest omnic.toml at or above the project's root]
    --isolated                # Read no configuration file and no baseline
    --api-version: string     # API version to check against, such as 66.0 [default: the project's, else the newest known]
    --allow-outside: string@"nu-complete omnic run allow_outside" # Let the project's links and settings lead out of its git work tree; without it, such a file is not read
    --world: string@"nu-complete omnic run world" # What to assume of names that the project does not define [default: project]
    --inventory: path         # File or folder of names that the org has, as `sf org list metadata --json` writes them; repeatable
    --records: path           # Folder with records of the org, exported with the Salesforce CLI; docs/org-records.md says how
    --help(-h)                # Print help (see more with '--help')
    path?: path               # Routing plan, as `omnic compile` writes it to a `.json` file; or a project to compile
  ]

  def "nu-complete omnic why format" [] {
    [ "human" "json" ]
  }

  def "nu-complete omnic why color" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete omnic why strict" [] {
    [ "true" "false" ]
  }

  def "nu-complete omnic why allow_outside" [] {
    [ "true" "false" ]
  }

  def "nu-complete omnic why world" [] {
    [ "project" "open" "closed" ]
  }

  # Say who can be offered work, and why nobody else can
  export extern "omnic why" [
    --queue: string           # Who can be offered the work of this queue
    --object: string          # Who can be offered work of this object: through each queue that holds it, and each flow that routes it
    --flow: string            # Where the route-work actions of this flow lead, and who can be offered their work
    --record: path            # Who can be offered a record: a JSON file as the REST API gives it
    --item: string            # With --state: why this record waits
    --state: path             # A state that `omnic run --save` wrote, of the same plan or project
    --agent: string           # Only this rep, by username, with every step
    --field: string           # The value of a field of the work, by which skill mapping sets ask for skills; repeatable
    --skills: string          # The work needs these skills too, separated by commas; repeatable
    --status: string          # The reps are in this presence status
    --capacity: string        # The reps have this many units of capacity free
    --format: string@"nu-complete omnic why format" # How the answer is written
    --color: string@"nu-complete omnic why color" # When to use colours; NO_COLOR and CLICOLOR_FORCE are respected
    --strict: string@"nu-complete omnic why strict" # Run the strict checks too: true, but noisy on healthy projects
    --baseline: path          # File of accepted findings [default: omnic-baseline.json in the project's root]
    --config: path            # Configuration file [default: the nearest omnic.toml at or above the project's root]
    --isolated                # Read no configuration file and no baseline
    --api-version: string     # API version to check against, such as 66.0 [default: the project's, else the newest known]
    --allow-outside: string@"nu-complete omnic why allow_outside" # Let the project's links and settings lead out of its git work tree; without it, such a file is not read
    --world: string@"nu-complete omnic why world" # What to assume of names that the project does not define [default: project]
    --inventory: path         # File or folder of names that the org has, as `sf org list metadata --json` writes them; repeatable
    --records: path           # Folder with records of the org, exported with the Salesforce CLI; docs/org-records.md says how
    --help(-h)                # Print help (see more with '--help')
    path?: path               # Project, folder or file of it; or a routing plan, as `omnic compile` writes it to a `.json` file
  ]

  def "nu-complete omnic diff fail_on" [] {
    [ "collateral" "loss" "any" "never" ]
  }

  def "nu-complete omnic diff format" [] {
    [ "human" "json" "markdown" "github" ]
  }

  def "nu-complete omnic diff color" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete omnic diff strict" [] {
    [ "true" "false" ]
  }

  def "nu-complete omnic diff allow_outside" [] {
    [ "true" "false" ]
  }

  def "nu-complete omnic diff world" [] {
    [ "project" "open" "closed" ]
  }

  # Say what a change does to routing: between two projects, plans or git revisions
  export extern "omnic diff" [
    --old-records: path       # Folder with records of the org for the old side; without it, --records counts for both
    --expect: path            # File that says what the change is meant to do; all else is collateral
    --fail-on: string@"nu-complete omnic diff fail_on" # Exit with 1 if such a change is found
    --details                 # Show every change with all its rows and its example, and the rows without effect
    --format: string@"nu-complete omnic diff format" # Output format
    --output(-o): path        # Write the report to a file instead; `-` is standard output
    --color: string@"nu-complete omnic diff color" # When to use colours; NO_COLOR and CLICOLOR_FORCE are respected
    --strict: string@"nu-complete omnic diff strict" # Run the strict checks too: true, but noisy on healthy projects
    --baseline: path          # File of accepted findings [default: omnic-baseline.json in the project's root]
    --config: path            # Configuration file [default: the nearest omnic.toml at or above the project's root]
    --isolated                # Read no configuration file and no baseline
    --api-version: string     # API version to check against, such as 66.0 [default: the project's, else the newest known]
    --allow-outside: string@"nu-complete omnic diff allow_outside" # Let the project's links and settings lead out of its git work tree; without it, such a file is not read
    --world: string@"nu-complete omnic diff world" # What to assume of names that the project does not define [default: project]
    --inventory: path         # File or folder of names that the org has, as `sf org list metadata --json` writes them; repeatable
    --records: path           # Folder with records of the org, exported with the Salesforce CLI; docs/org-records.md says how
    --help(-h)                # Print help (see more with '--help')
    path?: path               # What was: a path, a plan, a git revision, or two of them as `A..B` or `A...B`; the whole project around a path is read
    new?: path                # What is now: a path, a plan or a git revision [default: the working tree]; after `A..B`, the path of the project
  ]

  def "nu-complete omnic graph fold" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete omnic graph format" [] {
    [ "svg" "dot" "mermaid" "json" ]
  }

  def "nu-complete omnic graph allow_outside" [] {
    [ "true" "false" ]
  }

  def "nu-complete omnic graph world" [] {
    [ "project" "open" "closed" ]
  }

  def "nu-complete omnic graph strict" [] {
    [ "true" "false" ]
  }

  # Draw the components and how they name each other: as SVG, DOT, Mermaid or JSON
  export extern "omnic graph" [
    --focus: string           # Draw what is around this component: its type and name, such as Queue:Support
    --depth: string           # With --focus: how many references away from it a component may be
    --kind: string            # Draw only components of this type, such as Queue; repeatable
    --fold: string@"nu-complete omnic graph fold" # When components of one type are folded into one: `auto` in pictures with more than 100, never in JSON
    --format: string@"nu-complete omnic graph format" # What is written
    --output(-o): path        # File to write to; `-` is standard output [default: -]
    --config: path            # Configuration file [default: the nearest omnic.toml at or above the project's root]
    --isolated                # Read no configuration file and no baseline
    --api-version: string     # API version to check against, such as 66.0 [default: the project's, else the newest known]
    --allow-outside: string@"nu-complete omnic graph allow_outside" # Let the project's links and settings lead out of its git work tree; without it, such a file is not read
    --world: string@"nu-complete omnic graph world" # What to assume of names that the project does not define [default: project]
    --inventory: path         # File or folder of names that the org has, as `sf org list metadata --json` writes them; repeatable
    --records: path           # Folder with records of the org, exported with the Salesforce CLI; docs/org-records.md says how
    --strict: string@"nu-complete omnic graph strict" # Run the strict checks too: true, but noisy on healthy projects
    --baseline: path          # File of accepted findings [default: omnic-baseline.json in the project's root]
    --help(-h)                # Print help (see more with '--help')
    path?: path               # Project, folder or file; the whole project around it is read
  ]

  def "nu-complete omnic closure format" [] {
    [ "package.xml" "json" "list" ]
  }

  def "nu-complete omnic closure allow_outside" [] {
    [ "true" "false" ]
  }

  def "nu-complete omnic closure world" [] {
    [ "project" "open" "closed" ]
  }

  def "nu-complete omnic closure strict" [] {
    [ "true" "false" ]
  }

  # List what a change needs to be deployed, as a manifest for the Salesforce CLI
  export extern "omnic closure" [
    --changed: string         # Take the files that changed since this commit or branch, or in `A..B` or `A...B`
    --reverse                 # List what depends on the components, not what they need
    --format: string@"nu-complete omnic closure format" # What is written
    --output(-o): path        # File to write to; `-` is standard output [default: -]
    --destructive: path       # With --changed: file for the manifest of what has been deleted, for --post-destructive-changes
    --config: path            # Configuration file [default: the nearest omnic.toml at or above the project's root]
    --isolated                # Read no configuration file and no baseline
    --api-version: string     # API version to check against, such as 66.0 [default: the project's, else the newest known]
    --allow-outside: string@"nu-complete omnic closure allow_outside" # Let the project's links and settings lead out of its git work tree; without it, such a file is not read
    --world: string@"nu-complete omnic closure world" # What to assume of names that the project does not define [default: project]
    --inventory: path         # File or folder of names that the org has, as `sf org list metadata --json` writes them; repeatable
    --records: path           # Folder with records of the org, exported with the Salesforce CLI; docs/org-records.md says how
    --strict: string@"nu-complete omnic closure strict" # Run the strict checks too: true, but noisy on healthy projects
    --baseline: path          # File of accepted findings [default: omnic-baseline.json in the project's root]
    --help(-h)                # Print help (see more with '--help')
    path?: path               # Project folder; or the first file or component, such as Queue:Support
    ...items: string          # Files, folders, or components such as Queue:Support
  ]

  def "nu-complete omnic explain color" [] {
    [ "auto" "always" "never" ]
  }

  # Explain a check, or list them all
  export extern "omnic explain" [
    --color: string@"nu-complete omnic explain color" # When to use colours; NO_COLOR and CLICOLOR_FORCE are respected
    --help(-h)                # Print help (see more with '--help')
    ...checks: string         # Codes or names, such as OC305 or acw-incomplete; without one, all checks are listed
  ]

  def "nu-complete omnic config min_severity" [] {
    [ "note" "warning" "error" ]
  }

  def "nu-complete omnic config fail_on" [] {
    [ "error" "warning" "note" "never" ]
  }

  def "nu-complete omnic config strict" [] {
    [ "true" "false" ]
  }

  def "nu-complete omnic config allow_outside" [] {
    [ "true" "false" ]
  }

  def "nu-complete omnic config world" [] {
    [ "project" "open" "closed" ]
  }

  # Show the effective settings, and where each comes from
  export extern "omnic config" [
    --min-severity: string@"nu-complete omnic config min_severity" # Show findings from this severity on [default: warning]
    --fail-on: string@"nu-complete omnic config fail_on" # Exit with status 1 if there is a finding from this severity on, shown or not [default: error]
    --strict: string@"nu-complete omnic config strict" # Run the strict checks too: true, but noisy on healthy projects
    --baseline: path          # File of accepted findings [default: omnic-baseline.json in the project's root]
    --config: path            # Configuration file [default: the nearest omnic.toml at or above the project's root]
    --isolated                # Read no configuration file and no baseline
    --api-version: string     # API version to check against, such as 66.0 [default: the project's, else the newest known]
    --allow-outside: string@"nu-complete omnic config allow_outside" # Let the project's links and settings lead out of its git work tree; without it, such a file is not read
    --world: string@"nu-complete omnic config world" # What to assume of names that the project does not define [default: project]
    --inventory: path         # File or folder of names that the org has, as `sf org list metadata --json` writes them; repeatable
    --records: path           # Folder with records of the org, exported with the Salesforce CLI; docs/org-records.md says how
    --help(-h)                # Print help (see more with '--help')
    path?: path               # Project, folder or file; the whole project around it is read
  ]

  # Accept what is found today, so that only what is new is reported
  export extern "omnic baseline" [
    --help(-h)                # Print help
  ]

  def "nu-complete omnic baseline create min_severity" [] {
    [ "note" "warning" "error" ]
  }

  def "nu-complete omnic baseline create strict" [] {
    [ "true" "false" ]
  }

  def "nu-complete omnic baseline create allow_outside" [] {
    [ "true" "false" ]
  }

  def "nu-complete omnic baseline create world" [] {
    [ "project" "open" "closed" ]
  }

  # Write what is found today to a new baseline
  export extern "omnic baseline create" [
    --force                   # Write over a baseline that is there
    --min-severity: string@"nu-complete omnic baseline create min_severity" # Show findings from this severity on [default: warning]
    --strict: string@"nu-complete omnic baseline create strict" # Run the strict checks too: true, but noisy on healthy projects
    --baseline: path          # File of accepted findings [default: omnic-baseline.json in the project's root]
    --config: path            # Configuration file [default: the nearest omnic.toml at or above the project's root]
    --isolated                # Read no configuration file and no baseline
    --api-version: string     # API version to check against, such as 66.0 [default: the project's, else the newest known]
    --allow-outside: string@"nu-complete omnic baseline create allow_outside" # Let the project's links and settings lead out of its git work tree; without it, such a file is not read
    --world: string@"nu-complete omnic baseline create world" # What to assume of names that the project does not define [default: project]
    --inventory: path         # File or folder of names that the org has, as `sf org list metadata --json` writes them; repeatable
    --records: path           # Folder with records of the org, exported with the Salesforce CLI; docs/org-records.md says how
    --help(-h)                # Print help (see more with '--help')
    path?: path               # Project, folder or file; the whole project around it is read
  ]

  def "nu-complete omnic baseline update min_severity" [] {
    [ "note" "warning" "error" ]
  }

  def "nu-complete omnic baseline update strict" [] {
    [ "true" "false" ]
  }

  def "nu-complete omnic baseline update allow_outside" [] {
    [ "true" "false" ]
  }

  def "nu-complete omnic baseline update world" [] {
    [ "project" "open" "closed" ]
  }

  # Write the baseline anew with what is found today, also what is new
  export extern "omnic baseline update" [
    --min-severity: string@"nu-complete omnic baseline update min_severity" # Show findings from this severity on [default: warning]
    --strict: string@"nu-complete omnic baseline update strict" # Run the strict checks too: true, but noisy on healthy projects
    --baseline: path          # File of accepted findings [default: omnic-baseline.json in the project's root]
    --config: path            # Configuration file [default: the nearest omnic.toml at or above the project's root]
    --isolated                # Read no configuration file and no baseline
    --api-version: string     # API version to check against, such as 66.0 [default: the project's, else the newest known]
    --allow-outside: string@"nu-complete omnic baseline update allow_outside" # Let the project's links and settings lead out of its git work tree; without it, such a file is not read
    --world: string@"nu-complete omnic baseline update world" # What to assume of names that the project does not define [default: project]
    --inventory: path         # File or folder of names that the org has, as `sf org list metadata --json` writes them; repeatable
    --records: path           # Folder with records of the org, exported with the Salesforce CLI; docs/org-records.md says how
    --help(-h)                # Print help (see more with '--help')
    path?: path               # Project, folder or file; the whole project around it is read
  ]

  def "nu-complete omnic baseline prune min_severity" [] {
    [ "note" "warning" "error" ]
  }

  def "nu-complete omnic baseline prune strict" [] {
    [ "true" "false" ]
  }

  def "nu-complete omnic baseline prune allow_outside" [] {
    [ "true" "false" ]
  }

  def "nu-complete omnic baseline prune world" [] {
    [ "project" "open" "closed" ]
  }

  # Take out of the baseline what is no longer found, and add nothing
  export extern "omnic baseline prune" [
    --min-severity: string@"nu-complete omnic baseline prune min_severity" # Show findings from this severity on [default: warning]
    --strict: string@"nu-complete omnic baseline prune strict" # Run the strict checks too: true, but noisy on healthy projects
    --baseline: path          # File of accepted findings [default: omnic-baseline.json in the project's root]
    --config: path            # Configuration file [default: the nearest omnic.toml at or above the project's root]
    --isolated                # Read no configuration file and no baseline
    --api-version: string     # API version to check against, such as 66.0 [default: the project's, else the newest known]
    --allow-outside: string@"nu-complete omnic baseline prune allow_outside" # Let the project's links and settings lead out of its git work tree; without it, such a file is not read
    --world: string@"nu-complete omnic baseline prune world" # What to assume of names that the project does not define [default: project]
    --inventory: path         # File or folder of names that the org has, as `sf org list metadata --json` writes them; repeatable
    --records: path           # Folder with records of the org, exported with the Salesforce CLI; docs/org-records.md says how
    --help(-h)                # Print help (see more with '--help')
    path?: path               # Project, folder or file; the whole project around it is read
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "omnic baseline help" [
  ]

  # Write what is found today to a new baseline
  export extern "omnic baseline help create" [
  ]

  # Write the baseline anew with what is found today, also what is new
  export extern "omnic baseline help update" [
  ]

  # Take out of the baseline what is no longer found, and add nothing
  export extern "omnic baseline help prune" [
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "omnic baseline help help" [
  ]

  # Serve an editor, over the Language Server Protocol
  export extern "omnic lsp" [
    --allow-outside           # Let links and settings of the projects lead out of their git work trees; without it, such files are not read
    --stdio                   # Does nothing: standard input and output are the only way
    --client-process-id: string # Does nothing: the server ends when its input does
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete omnic serve log" [] {
    [ "requests" ]
  }

  def "nu-complete omnic serve format" [] {
    [ "human" "json" ]
  }

  def "nu-complete omnic serve strict" [] {
    [ "true" "false" ]
  }

  def "nu-complete omnic serve allow_outside" [] {
    [ "true" "false" ]
  }

  def "nu-complete omnic serve world" [] {
    [ "project" "open" "closed" ]
  }

  # Serve an org that has a routing plan, for adapters, tools and tests
  export extern "omnic serve" [
    --port: string            # Port to listen at; 0 is any that is free
    --host: string            # Address to listen at; at another than this machine's own it speaks TLS
    --tls                     # Speak TLS, with a certificate that a CA of the server's own signs
    --tls-ca: path            # Write the certificate that clients must trust to this file
    --tls-cert: path          # Certificate of your own, PEM with its chain [default: one that a CA of the server's own signs]
    --tls-key: path           # Private key of --tls-cert, PEM
    --allow-http              # Speak no TLS at another address: tokens and data go over the network unencrypted
    --external-url: string    # What URLs in answers begin with; a path in it needs a proxy in front that takes it off [default: what the request's Host header says]
    --data: path              # Folder for the journal: nothing that was answered is lost, whatever ends the process [default: in memory]
    --new-plan                # Take data of another plan: records stay, and routing begins again
    --clock: string           # Clock: `real`, `manual`, or for ten times as fast `x10`
    --passwords: path         # File of passwords, a JSON object by username [default: one password for all, printed at the start]
    --clients: path           # File of clients (connected apps), a JSON object by client id: only these may log in through OAuth [default: any]
    --no-soap-login           # Refuse SOAP `login()`, as orgs do that were made since Winter '26
    --session-minutes: string # End sessions that are not used for this long, by the org's clock [default: with the server]
    --api-requests: string    # Answer this many REST requests in 24 hours, by the org's clock
    --options: path           # File of routing options, `.toml` or `.json`: what to do where the documentation is silent
    --components: path        # Folder of Aura components and Visualforce pages, to be run by a page against this org
    --watch                   # Compile the project again when one of its files changes
    --log: string@"nu-complete omnic serve log" # Print each request on standard error
    --format: string@"nu-complete omnic serve format" # How to say on standard output where it listens
    --allow-errors            # Compile a project with errors, too: without the components that a deploy rejects, which are named
    --strict: string@"nu-complete omnic serve strict" # Run the strict checks too: true, but noisy on healthy projects
    --baseline: path          # File of accepted findings [default: omnic-baseline.json in the project's root]
    --config: path            # Configuration file [default: the nearest omnic.toml at or above the project's root]
    --isolated                # Read no configuration file and no baseline
    --api-version: string     # API version to check against, such as 66.0 [default: the project's, else the newest known]
    --allow-outside: string@"nu-complete omnic serve allow_outside" # Let the project's links and settings lead out of its git work tree; without it, such a file is not read
    --world: string@"nu-complete omnic serve world" # What to assume of names that the project does not define [default: project]
    --inventory: path         # File or folder of names that the org has, as `sf org list metadata --json` writes them; repeatable
    --records: path           # Folder with records of the org, exported with the Salesforce CLI; docs/org-records.md says how
    --help(-h)                # Print help (see more with '--help')
    path?: path               # Routing plan, as `omnic compile` writes it to a `.json` file; or a project to compile
  ]

  def "nu-complete omnic completions shell" [] {
    [ "bash" "elvish" "fish" "nushell" "powershell" "zsh" ]
  }

  # Print what completes the command line in a shell
  export extern "omnic completions" [
    --help(-h)                # Print help (see more with '--help')
    shell: string@"nu-complete omnic completions shell" # Shell to complete in
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "omnic help" [
  ]

  # Check a project, or one folder or file of it
  export extern "omnic help check" [
  ]

  # Compile a project into its routing plan
  export extern "omnic help compile" [
  ]

  # Route work by a plan: apply events, and print what happens
  export extern "omnic help run" [
  ]

  # Say who can be offered work, and why nobody else can
  export extern "omnic help why" [
  ]

  # Say what a change does to routing: between two projects, plans or git revisions
  export extern "omnic help diff" [
  ]

  # Draw the components and how they name each other: as SVG, DOT, Mermaid or JSON
  export extern "omnic help graph" [
  ]

  # List what a change needs to be deployed, as a manifest for the Salesforce CLI
  export extern "omnic help closure" [
  ]

  # Explain a check, or list them all
  export extern "omnic help explain" [
  ]

  # Show the effective settings, and where each comes from
  export extern "omnic help config" [
  ]

  # Accept what is found today, so that only what is new is reported
  export extern "omnic help baseline" [
  ]

  # Write what is found today to a new baseline
  export extern "omnic help baseline create" [
  ]

  # Write the baseline anew with what is found today, also what is new
  export extern "omnic help baseline update" [
  ]

  # Take out of the baseline what is no longer found, and add nothing
  export extern "omnic help baseline prune" [
  ]

  # Serve an editor, over the Language Server Protocol
  export extern "omnic help lsp" [
  ]

  # Serve an org that has a routing plan, for adapters, tools and tests
  export extern "omnic help serve" [
  ]

  # Print what completes the command line in a shell
  export extern "omnic help completions" [
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "omnic help help" [
  ]

}

export use completions *
