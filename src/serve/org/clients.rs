//! Clients: the connected apps of an org, as a file names them.

use std::collections::BTreeMap;

use serde::Deserialize;
use tokio_rustls::rustls::pki_types::pem::PemObject as _;
use tokio_rustls::rustls::pki_types::{CertificateDer, SubjectPublicKeyInfoDer};
use webpki::{EndEntityCert, RawPublicKeyEntity};

/// What a file says of a client.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct ClientEntry {
    /// The consumer secret; none: it is not asked for.
    secret: Option<String>,
    /// The file of the certificate or public key (PEM) by which its assertions are checked.
    certificate: Option<String>,
    /// Whom client credentials log in; none: the administrator.
    run_as: Option<String>,
    /// Who is approved for it, by username; none: everybody.
    users: Option<Vec<String>>,
}

/// Why a file of clients cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ClientsError {
    /// It is not such a file.
    #[error("it is not a file of clients: {0}")]
    Content(#[from] serde_json::Error),
    /// The certificate of a client cannot be read.
    #[error("the certificate `{file}` of the client `{client}` cannot be read: {error}")]
    File {
        /// The client.
        client: String,
        /// The file, as it is named.
        file: String,
        /// Why.
        error: std::io::Error,
    },
    /// The certificate of a client is none.
    #[error("`{file}` of the client `{client}` holds no X.509 certificate (version 3) and no public key as PEM")]
    Certificate {
        /// The client.
        client: String,
        /// The file, as it is named.
        file: String,
    },
}

/// What a signature is checked by, in DER.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Key {
    /// A certificate. Until when it is valid is not looked at.
    Certificate(Vec<u8>),
    /// A public key: `SubjectPublicKeyInfo`.
    Public(Vec<u8>),
}

impl Key {
    fn read(pem: &[u8]) -> Option<Self> {
        if let Ok(certificate) = CertificateDer::from_pem_slice(pem) {
            return EndEntityCert::try_from(&certificate).is_ok().then(|| Self::Certificate(certificate.to_vec()));
        }
        let public = SubjectPublicKeyInfoDer::from_pem_slice(pem).ok()?;
        RawPublicKeyEntity::try_from(&public).is_ok().then(|| Self::Public(public.to_vec()))
    }

    /// Whether a message was signed with RS256 (RFC 7518, 3.3: RSA of 2,048 bits or more) by the holder of the key.
    fn signed(&self, message: &[u8], signature: &[u8]) -> bool {
        let algorithm = webpki::ring::RSA_PKCS1_2048_8192_SHA256;
        match self {
            Self::Certificate(der) => EndEntityCert::try_from(&CertificateDer::from(der.as_slice()))
                .is_ok_and(|certificate| certificate.verify_signature(algorithm, message, signature).is_ok()),
            Self::Public(der) => RawPublicKeyEntity::try_from(&SubjectPublicKeyInfoDer::from(der.as_slice()))
                .is_ok_and(|key| key.verify_signature(algorithm, message, signature).is_ok()),
        }
    }
}

/// A client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Client {
    secret: Option<String>,
    key: Option<Key>,
    /// Whom client credentials log in; none: the administrator.
    pub run_as: Option<String>,
    users: Option<Vec<String>>,
}

impl Client {
    /// Whether a secret is the client's.
    pub(crate) fn has_secret(&self, given: Option<&str>) -> bool {
        self.secret.as_deref().is_none_or(|secret| given == Some(secret))
    }

    /// Whether it has a secret at all.
    pub(crate) const fn is_secret(&self) -> bool {
        self.secret.is_some()
    }

    /// Whether a user is approved for it.
    pub(crate) fn approves(&self, username: &str) -> bool {
        self.users.as_ref().is_none_or(|users| users.iter().any(|user| crate::caseless::equal(user, username)))
    }

    /// Whether it has signed a message with RS256.
    pub(crate) fn signed(&self, message: &[u8], signature: &[u8]) -> bool {
        self.key.as_ref().is_some_and(|key| key.signed(message, signature))
    }
}

/// The clients of an org, by their ids (consumer keys).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Clients(BTreeMap<String, Client>);

impl Clients {
    /// Reads a file of clients. `read` gives the content of a file that it names.
    ///
    /// # Errors
    ///
    /// If it is not such a file, or a certificate is not one.
    pub fn read(text: &str, read: impl Fn(&str) -> std::io::Result<Vec<u8>>) -> Result<Self, ClientsError> {
        let entries: BTreeMap<String, ClientEntry> = serde_json::from_str(text)?;
        let mut clients = BTreeMap::new();
        for (client, entry) in entries {
            let key = match entry.certificate {
                None => None,
                Some(file) => match read(&file) {
                    Err(error) => return Err(ClientsError::File { client, file, error }),
                    Ok(pem) => match Key::read(&pem) {
                        None => return Err(ClientsError::Certificate { client, file }),
                        key => key,
                    },
                },
            };
            let ClientEntry { secret, run_as, users, .. } = entry;
            clients.insert(client, Client { secret, key, run_as, users });
        }
        Ok(Self(clients))
    }

    /// The client of an id.
    pub(crate) fn get(&self, id: &str) -> Option<&Client> {
        self.0.get(id)
    }
}
