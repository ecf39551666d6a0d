//! The version in the path.

/// The first version with replay. Source: Streaming API Developer Guide 67.0, "Streaming API Error Codes".
const FIRST: u32 = 37;

/// What is wrong with a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum VersionError {
    Missing,
    Unsupported,
}

/// Checks a path such as `/cometd/66.0/handshake`. Slashes may be doubled, and anything may follow the version.
pub(super) fn check(path: &str) -> Result<(), VersionError> {
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let mut parts = path.split('/').filter(|part| !part.is_empty());
    if !parts.next().is_some_and(|part| part.eq_ignore_ascii_case("cometd")) {
        return Err(VersionError::Missing);
    }
    let version = parts.next().ok_or(VersionError::Missing)?;
    let (major, minor) = version.split_once('.').unwrap_or((version, "0"));
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if !is_number(major) || !is_number(minor) {
        return Err(VersionError::Missing);
    }
    match major.parse::<u32>() {
        Ok(major) if major >= FIRST => Ok(()),
        Ok(_) | Err(_) => Err(VersionError::Unsupported),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read_from_paths() {
        let cases = [
            ("/cometd/66.0", Ok(())),
            ("/cometd/37.0/", Ok(())),
            ("//cometd//41.0/connect", Ok(())),
            ("/cometd/66.0/handshake?x=/1", Ok(())),
            ("/cometd/66", Ok(())),
            ("/cometd/36.0", Err(VersionError::Unsupported)),
            ("/cometd/99999999999999999999.0", Err(VersionError::Unsupported)),
            ("/cometd/replay/36.0", Err(VersionError::Missing)),
            ("/cometd/", Err(VersionError::Missing)),
            ("/cometd/handshake", Err(VersionError::Missing)),
            ("/cometd/66.", Err(VersionError::Missing)),
            ("/cometd/+66.0", Err(VersionError::Missing)),
            ("", Err(VersionError::Missing)),
        ];
        for (path, expected) in cases {
            assert_eq!(check(path), expected, "{path}");
        }
    }
}
