
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
            cand check 'Check a project, a folder or a file; only what is in the folder or file is reported'
            cand compile 'Compile a project into its routing plan'
            cand explain 'Explain a check, or list them all'
            cand completions 'Print what completes the command line in a shell'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'omnic;check'= {
            cand --api-version 'API version to check against, such as 66.0 [default: the project''s, else the newest known]'
            cand --world 'What to assume of names that the project does not define'
            cand --format 'How findings are written'
            cand --min-severity 'Show findings from this severity on'
            cand --fail-on 'Exit with status 1 if there is a finding from this severity on, shown or not'
            cand --color 'When to use colours; NO_COLOR and CLICOLOR_FORCE are respected'
            cand --strict 'Run the strict checks too: true, but noisy on healthy projects'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'omnic;compile'= {
            cand --api-version 'API version to check against, such as 66.0 [default: the project''s, else the newest known]'
            cand --world 'What to assume of names that the project does not define'
            cand -o 'File to write the plan to; `-` is standard output [default: -]'
            cand --output 'File to write the plan to; `-` is standard output [default: -]'
            cand --color 'When to use colours; NO_COLOR and CLICOLOR_FORCE are respected'
            cand --strict 'Run the strict checks too: true, but noisy on healthy projects'
            cand --no-provenance 'Leave out the table that says which file and line each row comes from'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'omnic;explain'= {
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'omnic;completions'= {
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'omnic;help'= {
            cand check 'Check a project, a folder or a file; only what is in the folder or file is reported'
            cand compile 'Compile a project into its routing plan'
            cand explain 'Explain a check, or list them all'
            cand completions 'Print what completes the command line in a shell'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'omnic;help;check'= {
        }
        &'omnic;help;compile'= {
        }
        &'omnic;help;explain'= {
        }
        &'omnic;help;completions'= {
        }
        &'omnic;help;help'= {
        }
    ]
    $completions[$command]
}
