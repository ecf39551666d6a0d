//! TLS: who is trusted, what is kept, and what a client hears that does not speak it.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use omnic::serve::{ServeError, ServerOptions, TlsError, TlsOptions};
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::PemObject as _;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};

use crate::client::{Server, options};

fn secure(tls: TlsOptions) -> ServerOptions {
    ServerOptions { tls: Some(tls), external: Some("https://org.test:8443".to_owned()), ..options() }
}

/// Asks for the versions under a name of the server; an error in words if its certificate does not count.
fn ask(server: &Server, ca: &Path, name: &str) -> Result<String, String> {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_file(ca).unwrap()).unwrap();
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let connection = ClientConnection::new(Arc::new(config), ServerName::try_from(name.to_owned()).unwrap()).unwrap();
    let mut stream = StreamOwned::new(connection, TcpStream::connect(server.address).unwrap());
    let request = "GET /services/data HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    stream.write_all(request.as_bytes()).map_err(|error| error.to_string())?;
    let mut text = String::new();
    let _ = stream.read_to_string(&mut text);
    Ok(text)
}

#[test]
fn the_ca_is_trusted_for_every_name_of_the_server_and_no_other() {
    let folder = tempfile::tempdir().unwrap();
    let ca = folder.path().join("ca.pem");
    let server = Server::with(secure(TlsOptions { ca: Some(ca.clone()), ..TlsOptions::default() })).unwrap();
    for name in ["localhost", "127.0.0.1", "::1", "org.test"] {
        let answer = ask(&server, &ca, name).unwrap();
        assert!(answer.starts_with("HTTP/1.1 200"), "{name}: {answer}");
    }
    let refused = ask(&server, &ca, "evil.test");
    assert!(refused.as_ref().is_err_and(|error| error.contains("certificate")), "{refused:?}");
    // What does not speak TLS is told so.
    let plain = server.get("/services/data");
    assert_eq!(plain.error(), (403, "UNSUPPORTED_CLIENT".to_owned()));
    assert!(plain.body.contains("write https://"), "{}", plain.body);
    assert!(server.raw(b"\x16\x03\x01nonsense that is no handshake").is_none_or(|answer| answer.status == 0));
}

#[test]
fn a_ca_that_is_kept_is_trusted_after_the_next_start() {
    let folder = tempfile::tempdir().unwrap();
    let kept = folder.path().join("tls");
    let tls = || secure(TlsOptions { folder: Some(kept.clone()), ..TlsOptions::default() });
    let server = Server::with(tls()).unwrap();
    let ca = folder.path().join("copy.pem");
    std::fs::copy(kept.join("ca.pem"), &ca).unwrap();
    drop(server);
    let server = Server::with(tls()).unwrap();
    assert!(ask(&server, &ca, "localhost").unwrap().starts_with("HTTP/1.1 200"));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = std::fs::metadata(kept.join("ca-key.pem")).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    drop(server);
    // Without its certificate a key goes on; a certificate whose key is gone is not replaced without a word.
    std::fs::remove_file(kept.join("ca.pem")).unwrap();
    drop(Server::with(tls()).unwrap());
    std::fs::remove_file(kept.join("ca-key.pem")).unwrap();
    let refused = Server::with(tls()).map(|_| ()).unwrap_err().to_string();
    assert!(refused.contains("ca-key.pem") && refused.contains("delete `ca.pem`"), "{refused}");
    // Another CA is not trusted.
    let other = Server::with(secure(TlsOptions::default())).unwrap();
    assert!(ask(&other, &ca, "localhost").is_err());
}

#[test]
fn files_that_cannot_be_used_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let (none, text) = (folder.path().join("none.pem"), folder.path().join("text.pem"));
    std::fs::write(&text, "a text").unwrap();
    let own =
        |certificate: &PathBuf| TlsOptions { own: Some((certificate.clone(), text.clone())), ..TlsOptions::default() };
    for (file, words) in [(&none, "none.pem` cannot be used"), (&text, "text.pem` does not hold a certificate as PEM")]
    {
        match Server::with(secure(own(file))) {
            Err(ServeError::Tls(error @ (TlsError::File { .. } | TlsError::Content { .. }))) => {
                assert!(error.to_string().contains(words), "{error}");
            }
            other => panic!("{}", other.map_or_else(|error| error.to_string(), |_| "it starts".to_owned())),
        }
    }
}
