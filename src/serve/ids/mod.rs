//! Ids: of 15 characters, with a suffix of three that tells the case of the others.
//!
//! In: an object's prefix with a number or a name. Out: an id, the same for the same plan; or whether a text is an id.
//! Must not know what an id is of.

use std::fmt;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use smol_str::SmolStr;

const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const SUFFIX: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";

/// An id in its long form, of 18 characters. Ids of one object that are counted stand in the order of their numbers.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Id(SmolStr);

impl Id {
    /// The id of a counted record.
    pub fn numbered(prefix: &str, number: u64) -> Self {
        Self::of(prefix, [b'0'; 12], u128::from(number))
    }

    /// The id of something that has a name: the same for each plan, in whatever order its rows stand.
    pub fn named(prefix: &str, kind: &str, name: &str) -> Self {
        let mut hash = Sha256::new();
        hash.update(kind.to_lowercase());
        hash.update([0]);
        hash.update(name.to_lowercase());
        let number = hash.finalize().iter().take(8).fold(0_u128, |number, byte| number << 8 | u128::from(*byte));
        let mut digits = [b'0'; 12];
        // No counted record comes as far as this.
        digits[0] = b'A';
        Self::of(prefix, digits, number % 62_u128.pow(11))
    }

    /// Before every other one.
    pub(crate) const fn least() -> Self {
        Self(SmolStr::new_static(""))
    }

    fn of(prefix: &str, mut digits: [u8; 12], mut number: u128) -> Self {
        for digit in digits.iter_mut().rev() {
            if number == 0 {
                break;
            }
            *digit = DIGITS[(number % 62) as usize];
            number /= 62;
        }
        let mut short = String::with_capacity(18);
        short.push_str(prefix);
        short.extend(digits.iter().map(|digit| char::from(*digit)));
        Self::with_suffix(short)
    }

    fn with_suffix(mut short: String) -> Self {
        let suffix = suffix(short.as_bytes());
        short.extend(suffix.map(char::from));
        Self(SmolStr::from(short))
    }

    /// An id of 15 or 18 characters. In the long form the suffix says the case of the others, so that an id survives
    /// programs that do not keep it.
    pub fn parse(text: &str) -> Option<Self> {
        if !matches!(text.len(), 15 | 18) || !text.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return None;
        }
        let (short, given) = text.split_at(15);
        if given.is_empty() {
            return Some(Self::with_suffix(short.to_owned()));
        }
        let mut letters = short.as_bytes().to_vec();
        for (chunk, sign) in letters.chunks_mut(5).zip(given.bytes()) {
            let bits = SUFFIX.iter().position(|known| *known == sign.to_ascii_uppercase())?;
            for (at, letter) in chunk.iter_mut().enumerate() {
                let is_capital = bits >> at & 1 == 1;
                if is_capital && !letter.is_ascii_alphabetic() {
                    return None;
                }
                *letter = if is_capital { letter.to_ascii_uppercase() } else { letter.to_ascii_lowercase() };
            }
        }
        String::from_utf8(letters).ok().map(Self::with_suffix)
    }

    /// The long form.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The short form, of 15 characters.
    pub fn short(&self) -> &str {
        self.0.get(..15).unwrap_or(&self.0)
    }

    /// The first three characters, which tell the object.
    pub fn prefix(&self) -> &str {
        self.0.get(..3).unwrap_or(&self.0)
    }

    /// The number of a counted record, if records are really counted so far: ids of other orgs are far beyond.
    pub(crate) fn small_number(&self) -> Option<u64> {
        self.number().filter(|number| *number < 1 << 53)
    }

    /// The number of a counted record.
    pub fn number(&self) -> Option<u64> {
        let digits = self.0.get(3..15)?.bytes();
        let value = |digit: u8| DIGITS.iter().position(|known| *known == digit).map(|value| value as u64);
        digits.into_iter().try_fold(0_u64, |number, digit| number.checked_mul(62)?.checked_add(value(digit)?))
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Three characters, of which each tells which of five are capitals.
fn suffix(short: &[u8]) -> [u8; 3] {
    let mut suffix = [b'A'; 3];
    for (sign, chunk) in suffix.iter_mut().zip(short.chunks(5)) {
        let capitals = chunk.iter().enumerate().filter(|(_, letter)| letter.is_ascii_uppercase());
        *sign = SUFFIX[capitals.fold(0, |bits, (at, _)| bits | 1_usize << at) & 31];
    }
    suffix
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_suffix_is_salesforces() {
        // Samples of the Object Reference and of public help pages.
        for (short, long) in [("001300000000G0B", "001300000000G0BAAU"), ("0053000000AQN8E", "0053000000AQN8EAAX")] {
            let id = Id::parse(short).unwrap();
            assert_eq!((id.as_str(), id.short()), (long, short));
        }
    }

    #[test]
    fn an_id_is_found_again_in_any_form() {
        let id = Id::numbered("0Bz", 62 * 62 + 37);
        assert_eq!(id.as_str(), "0Bz00000000010bCAA");
        assert_eq!(id.number(), Some(62 * 62 + 37));
        for form in
            [id.as_str().to_owned(), id.short().to_owned(), id.as_str().to_lowercase(), id.as_str().to_uppercase()]
        {
            assert_eq!(Id::parse(&form), Some(id.clone()), "{form}");
        }
        for wrong in ["", "500", "500000000000001AA", "50000000000000-", "500000000000001A!A"] {
            assert_eq!(Id::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn names_have_ids_that_no_count_reaches() {
        let id = Id::named("005", "User", "ada@acme.example");
        assert_eq!(id, Id::named("005", "user", "ADA@acme.example"));
        assert_ne!(id, Id::named("005", "User", "bob@acme.example"));
        assert!(id.number().is_none_or(|number| number > 1 << 60));
    }
}
