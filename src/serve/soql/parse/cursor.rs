//! A place in the tokens of a query.

use smol_str::SmolStr;

use super::super::ast::Name;
use super::super::error::{Fault, Show};
use super::super::lex::{Kind, Token};
use super::super::place::Span;

/// How deep parentheses may stand in one another: more than anybody writes, and shallow enough for any stack.
const MOST_DEPTH: u32 = 100;

/// Words that name nothing, where a name stands alone. `Group` and `Order` are objects, too.
const RESERVED: [&str; 20] = [
    "AND", "ASC", "DESC", "EXCLUDES", "FIRST", "FROM", "HAVING", "IN", "INCLUDES", "LAST", "LIKE", "LIMIT", "NOT",
    "NULL", "NULLS", "OR", "SELECT", "USING", "WHERE", "WITH",
];

/// Words that begin a clause, and the one before an alias: no alias.
const CLAUSES: [&str; 8] = ["AS", "GROUP", "ORDER", "OFFSET", "FOR", "UPDATE", "ALL", "TYPEOF"];

pub(super) struct Cursor<'q> {
    text: &'q str,
    tokens: Vec<Token>,
    at: usize,
    depth: u32,
}

impl<'q> Cursor<'q> {
    pub(super) fn new(text: &'q str, tokens: Vec<Token>) -> Self {
        Self { text, tokens, at: 0, depth: 0 }
    }

    /// The token that is `ahead` tokens from the next one; the last one is an end.
    fn ahead(&self, ahead: usize) -> Token {
        let end = Token { kind: Kind::End, span: Span::new(self.text.len(), self.text.len()) };
        self.tokens.get(self.at + ahead).copied().unwrap_or(end)
    }

    pub(super) fn peek(&self) -> Token {
        self.ahead(0)
    }

    pub(super) fn text_of(&self, span: Span) -> &'q str {
        span.of(self.text)
    }

    pub(super) fn next(&mut self) -> Token {
        let token = self.peek();
        self.at += 1;
        token
    }

    /// Where the token before the next one ends.
    pub(super) fn behind(&self) -> Span {
        self.tokens.get(self.at.saturating_sub(1)).map_or(Span::default(), |token| token.span)
    }

    pub(super) fn is(&self, kind: Kind) -> bool {
        self.peek().kind == kind
    }

    pub(super) fn is_ahead(&self, ahead: usize, kind: Kind) -> bool {
        self.ahead(ahead).kind == kind
    }

    pub(super) fn take(&mut self, kind: Kind) -> Option<Span> {
        self.is(kind).then(|| self.next().span)
    }

    pub(super) fn expect(&mut self, kind: Kind) -> Result<Span, Fault> {
        self.take(kind).ok_or_else(|| self.unexpected())
    }

    pub(super) fn is_word(&self, word: &str) -> bool {
        self.is_word_ahead(0, word)
    }

    pub(super) fn is_word_ahead(&self, ahead: usize, word: &str) -> bool {
        let token = self.ahead(ahead);
        token.kind == Kind::Word && self.text_of(token.span).eq_ignore_ascii_case(word)
    }

    pub(super) fn take_word(&mut self, word: &str) -> Option<Span> {
        self.is_word(word).then(|| self.next().span)
    }

    pub(super) fn expect_word(&mut self, word: &str) -> Result<Span, Fault> {
        self.take_word(word).ok_or_else(|| self.unexpected())
    }

    /// A word that is not reserved.
    pub(super) fn name(&mut self) -> Result<Name, Fault> {
        let token = self.peek();
        let text = self.text_of(token.span);
        let reserved = RESERVED.iter().any(|word| word.eq_ignore_ascii_case(text)) && !self.is_ahead(1, Kind::Dot);
        if token.kind != Kind::Word || reserved {
            return Err(self.unexpected());
        }
        self.at += 1;
        Ok(Name { text: SmolStr::new(text), span: token.span })
    }

    /// The word after a dot: any.
    pub(super) fn name_after_dot(&mut self) -> Result<Name, Fault> {
        let span = self.expect(Kind::Word)?;
        Ok(Name { text: SmolStr::new(self.text_of(span)), span })
    }

    /// An alias, if one is next.
    pub(super) fn alias(&mut self) -> Option<Name> {
        let token = self.peek();
        let text = self.text_of(token.span);
        let begins = CLAUSES.iter().chain(&RESERVED).any(|word| word.eq_ignore_ascii_case(text));
        if token.kind != Kind::Word || begins {
            return None;
        }
        self.at += 1;
        Some(Name { text: SmolStr::new(text), span: token.span })
    }

    pub(super) fn end(&self) -> Result<(), Fault> {
        if self.is(Kind::End) { Ok(()) } else { Err(self.unexpected()) }
    }

    /// The next token does not belong here.
    pub(super) fn unexpected(&self) -> Fault {
        let token = self.peek();
        let text = match token.kind {
            Kind::End => "<EOF>",
            _ => self.text_of(token.span),
        };
        let show = match token.kind {
            Kind::End => Show::Nothing,
            Kind::Bad if text != "'" => Show::Character,
            _ => Show::Syntax,
        };
        unexpected_text(token.span, text).showing(show)
    }

    /// Goes one level of parentheses down; [`Self::rise`] comes back.
    pub(super) fn sink(&mut self, span: Span) -> Result<(), Fault> {
        self.depth += 1;
        if self.depth > MOST_DEPTH {
            let reason = format!("parentheses stand in one another more than {MOST_DEPTH} levels deep");
            return Err(Fault::malformed(span, reason));
        }
        Ok(())
    }

    pub(super) fn rise(&mut self) {
        self.depth = self.depth.saturating_sub(1);
    }
}

/// A text does not belong here.
pub(super) fn unexpected_text(span: Span, text: &str) -> Fault {
    Fault::malformed(span, format!("unexpected token: '{text}'")).showing(Show::Syntax)
}
