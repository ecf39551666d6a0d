//! What no file can be called, on any of the systems that a project is worked on.

/// Bytes that the name of a file may have on Linux; macOS and Windows count characters.
const MOST: usize = 255;
/// Devices of Windows, which has no files of these names, whatever their extension (Naming Files, Paths, and Namespaces).
const DEVICES: [&str; 6] = ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"];

/// What is wrong with the name of a file, if anything is, as in "it holds a `/`".
pub(in crate::lsp) fn fault(name: &str) -> Option<String> {
    if let Some(bad) = name.chars().find(|c| matches!(c, '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|')) {
        return Some(format!("holds `{bad}`, and Windows has no such files"));
    }
    if name.chars().any(char::is_control) {
        return Some("holds a control character".to_owned());
    }
    if name.len() > MOST {
        return Some(format!("has {} bytes, and {MOST} are the most", name.len()));
    }
    if name.ends_with(['.', ' ']) {
        return Some("ends in a full stop or a space, and Windows has no such files".to_owned());
    }
    let stem = name.split_once('.').map_or(name, |(stem, _)| stem).trim_end();
    is_device(stem).then(|| format!("begins with `{stem}`, which is a device on Windows"))
}

fn is_device(stem: &str) -> bool {
    let is_port = |name: &str| {
        let mut digits = stem.get(name.len()..).unwrap_or_default().chars();
        let digit = digits.next().filter(|digit| digit.is_ascii_digit() || matches!(digit, '¹' | '²' | '³'));
        stem.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name))
            && digit.is_some()
            && digits.next().is_none()
    };
    DEVICES.iter().any(|device| device.eq_ignore_ascii_case(stem)) || is_port("COM") || is_port("LPT")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_windows_keeps_for_itself_is_no_name() {
        let all = [
            "NUL.x",
            "nul.queue-meta.xml",
            "Con",
            "PRN.a.b",
            "AUX .x",
            "COM1.x",
            "lpt9.x",
            "COM0",
            "COM¹.x",
            "conout$",
        ];
        for name in all {
            assert!(fault(name).is_some_and(|fault| fault.contains("device")), "{name}");
        }
        for name in ["NULL.x", "COM.x", "COM10.x", "COMx.x", "LPT.x", "Console.x", "a.NUL", "lpté.x", "COM1_x.y"] {
            assert_eq!(fault(name), None, "{name}");
        }
        for name in ["a/b", "a\\b", "a:b", "a?b", "a*b", "a\"b", "a<b", "a>b", "a|b", "a\nb", "a.", "a "] {
            assert!(fault(name).is_some(), "{name}");
        }
        assert!(fault(&"é".repeat(128)).is_some_and(|fault| fault.contains("256 bytes")));
    }
}
