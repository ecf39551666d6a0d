//! Login: who asks, and how to become somebody: SOAP `login()`, the OAuth token endpoint, user information.
//!
//! In: a request. Out: the session of its token; tokens; what clients want to know of a user.
//! Must not know records beyond users.
//!
//! Its files, of which each uses those after it alone: `oauth`, `assertion`, `soap`, `identity`,
//! `token`, `base64`.

mod assertion;
mod base64;
mod identity;
mod oauth;
mod soap;
mod token;

pub(crate) use identity::{identity, user_info};
pub(crate) use oauth::{revoke, token as token_endpoint};
pub(crate) use soap::{envelope as soap_envelope, fault as soap_fault, login as soap_login};
pub(crate) use token::{authenticate, new_refresh_token, new_token, refreshed_token, session_of, token_of};
