module completions {

  # Checks Salesforce Omni-Channel configuration offline, and compiles it into a routing plan
  export extern omnic [
    --version(-V)             # Print the version
    --verbose                 # With --version: what a bug report needs, too
    --help(-h)                # Print help
  ]

  def "nu-complete omnic check world" [] {
    [ "project" "open" "closed" ]
  }

  def "nu-complete omnic check format" [] {
    [ "human" "concise" "json" ]
  }

  def "nu-complete omnic check min_severity" [] {
    [ "note" "warning" "error" ]
  }

  def "nu-complete omnic check fail_on" [] {
    [ "error" "warning" "note" "never" ]
  }

  def "nu-complete omnic check color" [] {
    [ "auto" "always" "never" ]
  }

  # Check a project, a folder or a file; only what is in the folder or file is reported
  export extern "omnic check" [
    --api-version: string     # API version to check against, such as 66.0 [default: the project's, else the newest known]
    --world: string@"nu-complete omnic check world" # What to assume of names that the project does not define
    --strict                  # Run the strict checks too: true, but noisy on healthy projects
    --format: string@"nu-complete omnic check format" # How findings are written
    --min-severity: string@"nu-complete omnic check min_severity" # Show findings from this severity on
    --fail-on: string@"nu-complete omnic check fail_on" # Exit with status 1 if there is a finding from this severity on, shown or not
    --color: string@"nu-complete omnic check color" # When to use colours; NO_COLOR and CLICOLOR_FORCE are respected
    --help(-h)                # Print help (see more with '--help')
    path?: path               # Project, folder or file; the whole project around it is read
  ]

  def "nu-complete omnic compile world" [] {
    [ "project" "open" "closed" ]
  }

  def "nu-complete omnic compile color" [] {
    [ "auto" "always" "never" ]
  }

  # Compile a project into its routing plan
  export extern "omnic compile" [
    --api-version: string     # API version to check against, such as 66.0 [default: the project's, else the newest known]
    --world: string@"nu-complete omnic compile world" # What to assume of names that the project does not define
    --strict                  # Run the strict checks too: true, but noisy on healthy projects
    --output(-o): path        # File to write the plan to; `-` is standard output [default: -]
    --no-provenance           # Leave out the table that says which file and line each row comes from
    --color: string@"nu-complete omnic compile color" # When to use colours; NO_COLOR and CLICOLOR_FORCE are respected
    --help(-h)                # Print help (see more with '--help')
    path?: path               # Project, folder or file; the whole project around it is read
  ]

  # Explain a check, or list them all
  export extern "omnic explain" [
    --help(-h)                # Print help
    check?: string            # Code or name, such as OC305 or acw-incomplete; without one, all checks are listed
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

  # Check a project, a folder or a file; only what is in the folder or file is reported
  export extern "omnic help check" [
  ]

  # Compile a project into its routing plan
  export extern "omnic help compile" [
  ]

  # Explain a check, or list them all
  export extern "omnic help explain" [
  ]

  # Print what completes the command line in a shell
  export extern "omnic help completions" [
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "omnic help help" [
  ]

}

export use completions *
