//! Chance: the one place that knows randomness: tokens and sessions, which nobody may guess.

/// Random bytes; all zero only where the system has none, which `is_there` tells at the start.
pub(crate) fn bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    let _ = getrandom::fill(&mut bytes);
    bytes
}

/// Whether the system gives random bytes.
pub(crate) fn is_there() -> bool {
    getrandom::fill(&mut [0; 16]).is_ok()
}

/// A text of random letters and digits.
pub(crate) fn word(length: usize) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._";
    let mut word = String::with_capacity(length);
    while word.len() < length {
        let bytes: [u8; 32] = bytes();
        word.extend(bytes.iter().take(length - word.len()).map(|byte| char::from(LETTERS[usize::from(byte & 63)])));
    }
    word
}
