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
complete -c omnic -n "__fish_omnic_needs_command" -f -a "check" -d 'Check a project, a folder or a file; only what is in the folder or file is reported'
complete -c omnic -n "__fish_omnic_needs_command" -f -a "compile" -d 'Compile a project into its routing plan'
complete -c omnic -n "__fish_omnic_needs_command" -f -a "explain" -d 'Explain a check, or list them all'
complete -c omnic -n "__fish_omnic_needs_command" -f -a "completions" -d 'Print what completes the command line in a shell'
complete -c omnic -n "__fish_omnic_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c omnic -n "__fish_omnic_using_subcommand check" -l api-version -d 'API version to check against, such as 66.0 [default: the project\'s, else the newest known]' -r
complete -c omnic -n "__fish_omnic_using_subcommand check" -l world -d 'What to assume of names that the project does not define' -r -f -a "project\t'The org may have them, except where the project defines others of the type: then it is a slip'
open\t'The org may have them'
closed\t'The project is all there is'"
complete -c omnic -n "__fish_omnic_using_subcommand check" -l format -d 'How findings are written' -r -f -a "human\t'With the lines they are about'
concise\t'One line each'
json\t'For programs; schemas/diagnostics.schema.json describes it'"
complete -c omnic -n "__fish_omnic_using_subcommand check" -l min-severity -d 'Show findings from this severity on' -r -f -a "note\t'Worth knowing'
warning\t'It deploys, and people would not want it'
error\t'The deploy will fail, or work cannot be routed whatever the org holds'"
complete -c omnic -n "__fish_omnic_using_subcommand check" -l fail-on -d 'Exit with status 1 if there is a finding from this severity on, shown or not' -r -f -a "error\t'An error'
warning\t'A warning or an error'
note\t'Any finding'
never\t'Nothing'"
complete -c omnic -n "__fish_omnic_using_subcommand check" -l color -d 'When to use colours; NO_COLOR and CLICOLOR_FORCE are respected' -r -f -a "auto\t'If the output is a terminal'
always\t'Always'
never\t'Never'"
complete -c omnic -n "__fish_omnic_using_subcommand check" -l strict -d 'Run the strict checks too: true, but noisy on healthy projects'
complete -c omnic -n "__fish_omnic_using_subcommand check" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c omnic -n "__fish_omnic_using_subcommand compile" -l api-version -d 'API version to check against, such as 66.0 [default: the project\'s, else the newest known]' -r
complete -c omnic -n "__fish_omnic_using_subcommand compile" -l world -d 'What to assume of names that the project does not define' -r -f -a "project\t'The org may have them, except where the project defines others of the type: then it is a slip'
open\t'The org may have them'
closed\t'The project is all there is'"
complete -c omnic -n "__fish_omnic_using_subcommand compile" -s o -l output -d 'File to write the plan to; `-` is standard output [default: -]' -r -F
complete -c omnic -n "__fish_omnic_using_subcommand compile" -l color -d 'When to use colours; NO_COLOR and CLICOLOR_FORCE are respected' -r -f -a "auto\t'If the output is a terminal'
always\t'Always'
never\t'Never'"
complete -c omnic -n "__fish_omnic_using_subcommand compile" -l strict -d 'Run the strict checks too: true, but noisy on healthy projects'
complete -c omnic -n "__fish_omnic_using_subcommand compile" -l no-provenance -d 'Leave out the table that says which file and line each row comes from'
complete -c omnic -n "__fish_omnic_using_subcommand compile" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c omnic -n "__fish_omnic_using_subcommand explain" -s h -l help -d 'Print help'
complete -c omnic -n "__fish_omnic_using_subcommand completions" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c omnic -n "__fish_omnic_using_subcommand help; and not __fish_seen_subcommand_from check compile explain completions help" -f -a "check" -d 'Check a project, a folder or a file; only what is in the folder or file is reported'
complete -c omnic -n "__fish_omnic_using_subcommand help; and not __fish_seen_subcommand_from check compile explain completions help" -f -a "compile" -d 'Compile a project into its routing plan'
complete -c omnic -n "__fish_omnic_using_subcommand help; and not __fish_seen_subcommand_from check compile explain completions help" -f -a "explain" -d 'Explain a check, or list them all'
complete -c omnic -n "__fish_omnic_using_subcommand help; and not __fish_seen_subcommand_from check compile explain completions help" -f -a "completions" -d 'Print what completes the command line in a shell'
complete -c omnic -n "__fish_omnic_using_subcommand help; and not __fish_seen_subcommand_from check compile explain completions help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
