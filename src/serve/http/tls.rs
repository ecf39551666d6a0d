//! TLS: the certificates of a server, and what it speaks with them.
//!
//! A CA of its own signs the server's certificate, so that clients need to trust one certificate, whatever names the server
//! goes by. Elliptic keys (P-256) and the `ring` provider: no other cryptography is built.

use std::fs;
use std::io::{self, Write as _};
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair, KeyUsagePurpose,
};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::PemObject as _;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use tokio_rustls::rustls::{self, ServerConfig};

use crate::serve::clock;

const DAY: Duration = Duration::from_secs(86_400);
/// How long certificates are valid: browsers take none of servers that are valid for more than 398 days.
const CA_DAYS: u32 = 3_650;
const SERVER_DAYS: u32 = 397;
/// The files of a CA that is kept.
const CA: &str = "ca.pem";
const CA_KEY: &str = "ca-key.pem";

/// Which certificate a server shows.
#[derive(Clone, Debug, Default)]
pub struct TlsOptions {
    /// The folder in which the CA is kept, so that clients trust the next start, too; none: another CA with each start.
    pub folder: Option<PathBuf>,
    /// Where the CA's certificate is written for clients.
    pub ca: Option<PathBuf>,
    /// The files of an own certificate, with its chain, and of its key, both PEM: no CA is made then.
    pub own: Option<(PathBuf, PathBuf)>,
}

/// Why a server cannot speak TLS.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    /// A file cannot be read or written.
    #[error("`{}` cannot be used: {error}", path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// A file does not hold what it should.
    #[error("`{}` does not hold {expected}: {problem}", path.display())]
    Content {
        /// Which.
        path: PathBuf,
        /// What was looked for.
        expected: &'static str,
        /// What was found.
        problem: String,
    },
    /// A certificate cannot be made.
    #[error("a certificate cannot be made: {0}")]
    Make(#[from] rcgen::Error),
    /// A certificate and its key cannot be used.
    #[error("the certificate cannot be used: {0}")]
    Use(#[from] rustls::Error),
}

/// What a server speaks TLS with.
pub(crate) struct Tls {
    /// Takes connections.
    pub acceptor: TlsAcceptor,
    /// The file that holds the CA's certificate, if one was written.
    pub ca: Option<PathBuf>,
}

fn file(path: &Path) -> impl FnOnce(io::Error) -> TlsError {
    let path = path.to_owned();
    move |error| TlsError::File { path, error }
}

fn content<E: std::fmt::Display>(path: &Path, expected: &'static str) -> impl FnOnce(E) -> TlsError {
    let path = path.to_owned();
    move |problem| TlsError::Content { path, expected, problem: problem.to_string() }
}

/// Makes ready what a server needs. `names` are the DNS names and addresses by which clients reach it.
///
/// # Errors
///
/// If a file or a certificate cannot be used.
pub(crate) fn prepare(options: &TlsOptions, names: &[String]) -> Result<Tls, TlsError> {
    let (chain, key, ca) = if let Some((certificate, key)) = &options.own {
        (read_chain(certificate)?, read_key(key)?, None)
    } else {
        let authority = authority(options.folder.as_deref())?;
        let kept = options.folder.as_ref().map(|folder| folder.join(CA));
        if let Some(path) = &options.ca {
            fs::write(path, &authority.certificate).map_err(file(path))?;
        }
        let (chain, key) = issue(&authority, names)?;
        (chain, key, options.ca.clone().or(kept))
    };
    let provider = Arc::new(ring::default_provider());
    let mut config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(chain, key)?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(Tls { acceptor: TlsAcceptor::from(Arc::new(config)), ca })
}

fn read_chain(path: &Path) -> Result<Vec<CertificateDer<'static>>, TlsError> {
    const EXPECTED: &str = "a certificate as PEM";
    let text = fs::read(path).map_err(file(path))?;
    let chain: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(&text).collect();
    let chain = chain.map_err(content(path, EXPECTED))?;
    if chain.is_empty() { Err(content(path, EXPECTED)("there is none")) } else { Ok(chain) }
}

fn read_key(path: &Path) -> Result<PrivateKeyDer<'static>, TlsError> {
    let text = fs::read(path).map_err(file(path))?;
    PrivateKeyDer::from_pem_slice(&text).map_err(content(path, "a private key as PEM"))
}

/// A CA: its key, and its certificate as PEM.
struct Authority {
    certificate: String,
    issuer: Issuer<'static, KeyPair>,
}

/// The name and the uses of the CA: the same each time, so that a certificate that was kept goes with its key.
fn authority_params() -> CertificateParams {
    let mut params = CertificateParams::default();
    params.distinguished_name = rcgen::DistinguishedName::new();
    params.distinguished_name.push(DnType::CommonName, "omnic serve development CA");
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    valid_for(&mut params, CA_DAYS);
    params
}

/// Valid since yesterday: clocks of clients may be behind.
fn valid_for(params: &mut CertificateParams, days: u32) {
    let now = clock::wall();
    params.not_before = now.checked_sub(DAY).unwrap_or(now).into();
    params.not_after = now.checked_add(DAY * days).unwrap_or(now).into();
}

/// The CA of a folder, made if there is none.
fn authority(folder: Option<&Path>) -> Result<Authority, TlsError> {
    let Some(folder) = folder else {
        let key = KeyPair::generate()?;
        let certificate = authority_params().self_signed(&key)?.pem();
        return Ok(Authority { certificate, issuer: Issuer::new(authority_params(), key) });
    };
    let (at, key_at) = (folder.join(CA), folder.join(CA_KEY));
    let (certificate, key) = (read_if_there(&at)?, read_if_there(&key_at)?);
    if certificate.is_some() && key.is_none() {
        // Clients trust the certificate: another CA in its place would be a surprise to them.
        let problem = format!("there is no such file; put it back, or delete `{CA}` beside it for another CA");
        return Err(content(&key_at, "the key of the CA")(problem));
    }
    let key = if let Some(text) = key {
        KeyPair::from_pem(&text).map_err(content(&key_at, "a private key as PEM"))?
    } else {
        let key = KeyPair::generate()?;
        fs::create_dir_all(folder).map_err(file(folder))?;
        write_secret(&key_at, &key.serialize_pem()).map_err(file(&key_at))?;
        key
    };
    let certificate = if let Some(certificate) = certificate {
        CertificateDer::from_pem_slice(certificate.as_bytes()).map_err(content(&at, "a certificate as PEM"))?;
        certificate
    } else {
        let certificate = authority_params().self_signed(&key)?.pem();
        fs::write(&at, &certificate).map_err(file(&at))?;
        certificate
    };
    Ok(Authority { certificate, issuer: Issuer::new(authority_params(), key) })
}

/// A file's text; none if there is no such file.
fn read_if_there(path: &Path) -> Result<Option<String>, TlsError> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(file(path)(error)),
    }
}

/// Writes a file that its owner alone may read.
fn write_secret(path: &Path, text: &str) -> io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)?.write_all(text.as_bytes())
}

/// A server's certificate and its key.
fn issue(
    authority: &Authority,
    names: &[String],
) -> Result<(Vec<CertificateDer<'static>>, PrivateKeyDer<'static>), TlsError> {
    let key = KeyPair::generate()?;
    let mut params = CertificateParams::new(names)?;
    params.distinguished_name = rcgen::DistinguishedName::new();
    params.distinguished_name.push(DnType::CommonName, "omnic serve");
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    params.use_authority_key_identifier_extension = true;
    valid_for(&mut params, SERVER_DAYS);
    let certificate = params.signed_by(&key, &authority.issuer)?;
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
    Ok((vec![certificate.der().clone()], key))
}

/// The names that a certificate has: those of this machine, the address at which the server listens, and the host of its
/// URL.
pub(crate) fn names(listens: IpAddr, external_host: Option<&str>) -> Vec<String> {
    let mut names: Vec<String> = ["localhost", "127.0.0.1", "::1"].map(str::to_owned).to_vec();
    let own = Some(listens.to_string()).filter(|_| !listens.is_unspecified());
    for name in own.into_iter().chain(external_host.map(str::to_owned)) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}
