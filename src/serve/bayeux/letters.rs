//! Ids out of random bytes.

/// Bytes as lower-case letters and digits, five bits each.
pub(super) fn letters(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
    let mut out = String::with_capacity(bytes.len() * 8 / 5 + 1);
    let mut bits: u32 = 0;
    let mut held = 0;
    for &byte in bytes {
        bits = (bits << 8 | u32::from(byte)) & 0x1fff;
        held += 8;
        while held >= 5 {
            held -= 5;
            out.push(char::from(ALPHABET[(bits >> held & 31) as usize]));
        }
    }
    if held > 0 {
        out.push(char::from(ALPHABET[(bits << (5 - held) & 31) as usize]));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_those_of_base_32() {
        // RFC 4648, section 10, without padding and in lower case.
        let cases =
            [("", ""), ("f", "my"), ("fo", "mzxq"), ("foo", "mzxw6"), ("foob", "mzxw6yq"), ("foobar", "mzxw6ytboi")];
        for (bytes, expected) in cases {
            assert_eq!(letters(bytes.as_bytes()), expected);
        }
        assert_eq!(letters(&[0; 16]), "a".repeat(26));
    }
}
