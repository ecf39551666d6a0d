//! From where requests may come: pages of other sites must not reach the server through a name that leads here (DNS
//! rebinding).

use std::net::IpAddr;

/// Which names the server goes by.
#[derive(Clone, Debug, Default)]
pub(super) struct Guard {
    names: Vec<String>,
    any_address: bool,
}

/// The name in a host with or without a port; an IPv6 address without its brackets. None if there is anything else.
fn name_of(host: &str) -> Option<&str> {
    let (name, port) = match host.strip_prefix('[') {
        Some(rest) => rest.split_once(']')?,
        None => host.split_at(host.find(':').unwrap_or(host.len())),
    };
    let is_port = |port: &str| port.bytes().all(|byte| byte.is_ascii_digit());
    (port.is_empty() || port.strip_prefix(':').is_some_and(is_port)).then_some(name)
}

/// The host of a URL, in lower case, without its port and brackets.
pub(crate) fn host_of(url: &str) -> Option<String> {
    let (_, rest) = url.split_once("://")?;
    name_of(rest.split('/').next().unwrap_or(rest)).map(str::to_ascii_lowercase)
}

impl Guard {
    /// The names of a server that listens at an address, and is reached by a URL.
    pub(super) fn new(listens: IpAddr, external: Option<&str>) -> Self {
        let mut names: Vec<String> = ["localhost", "127.0.0.1", "::1"].map(str::to_owned).to_vec();
        if !listens.is_unspecified() {
            names.push(listens.to_string());
        }
        names.extend(external.and_then(host_of));
        // No name leads to an address that is written out.
        Self { names, any_address: listens.is_unspecified() }
    }

    /// Whether a request with this `Host` is for this server.
    pub(super) fn allows(&self, host: &str) -> bool {
        let Some(name) = name_of(host).map(str::to_ascii_lowercase) else { return false };
        self.names.contains(&name) || (self.any_address && name.parse::<IpAddr>().is_ok())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_own_names_and_addresses_are_allowed() {
        let local = Guard::new(IpAddr::from([127, 0, 0, 1]), None);
        for host in ["localhost:8800", "LOCALHOST", "127.0.0.1:1", "[::1]:8800"] {
            assert!(local.allows(host), "{host}");
        }
        for host in [
            "",
            "evil.example",
            "evil.example:8800",
            "localhost.evil.example",
            "10.0.0.7:8800",
            "localhost:@evil.example",
            "localhost:1@x",
            "[::1]x",
            "[::1",
        ] {
            assert!(!local.allows(host), "{host}");
        }
        let open = Guard::new(IpAddr::from([0, 0, 0, 0]), Some("http://omnic:8800/x"));
        assert!(open.allows("omnic:8800") && open.allows("10.0.0.7:8800") && !open.allows("evil.example"));
    }
}
