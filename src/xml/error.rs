//! What can be wrong with a document.

use crate::source::Span;

/// One well-formedness error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    /// The text that is wrong.
    pub span: Span,
    /// What is wrong with it.
    pub kind: ErrorKind,
    /// The place that explains it, such as the start tag of an element that another end tag cuts off.
    pub related: Option<Span>,
}

/// The ways in which a document can be ill-formed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ErrorKind {
    /// No element at all.
    #[error("the file has no root element")]
    NoRoot,
    /// An element after the root has ended.
    #[error("a second root element `<{0}>`: a file holds one")]
    SecondRoot(String),
    /// Text outside the root element.
    #[error("text outside the root element")]
    StrayText,
    /// An element without an end tag.
    #[error("`<{0}>` is never closed")]
    Unclosed(String),
    /// An end tag with another name than the element that is open.
    #[error("`</{found}>` does not close `<{expected}>`")]
    Mismatched {
        /// The name of the open element.
        expected: String,
        /// The name in the end tag.
        found: String,
    },
    /// An end tag for which nothing is open.
    #[error("`</{0}>` closes nothing: no `<{0}>` is open here")]
    Unopened(String),
    /// `<` with no `>` before the next `<` or the end.
    #[error("the tag is not finished: `>` is missing")]
    UnfinishedTag,
    /// `<` where no tag begins.
    #[error("`<` begins no tag here: written as text it is `&lt;`")]
    StrayLessThan,
    /// A comment, CDATA section or processing instruction without its end.
    #[error("{0} is never closed: `{1}` is missing")]
    UnclosedMarkup(&'static str, &'static str),
    /// `<!…>` that is neither comment, CDATA nor document type.
    #[error("`<!` begins neither a comment nor a CDATA section here")]
    UnknownMarkup,
    /// `--` inside a comment.
    #[error("`--` inside a comment")]
    DoubleHyphen,
    /// A document type declaration.
    #[error("a document type declaration (DTD): metadata files have none, and its entities are not expanded")]
    DocumentType,
    /// A name with characters that names cannot have.
    #[error("`{0}` is not a name")]
    BadName(String),
    /// A prefix without its `xmlns:` declaration.
    #[error("the prefix `{0}` is not declared: `xmlns:{0}` is missing")]
    UnknownPrefix(String),
    /// A prefix that is declared for nothing, which Namespaces in XML 1.0 does not allow.
    #[error("the prefix `{0}` is declared for no namespace")]
    EmptyPrefix(String),
    /// `xmlns:xml` with another namespace than its own, or `xmlns:xmlns`.
    #[error("the prefix `{0}` is one of XML's own: it stands for what it stands for, declared or not")]
    ReservedPrefix(String),
    /// A declaration of a namespace that only `xml` or `xmlns` may stand for.
    #[error("`{0}` declares a namespace that is XML's own")]
    ReservedNamespace(String),
    /// Two attributes with the same name behind prefixes for the same namespace.
    #[error("the attribute `{found}` is `{first}` once more: their prefixes stand for the same namespace")]
    SameAttribute {
        /// The name of the first.
        first: String,
        /// The name of the second.
        found: String,
    },
    /// Something in a start tag that is no attribute.
    #[error("{0}")]
    BadAttribute(&'static str),
    /// The same attribute twice.
    #[error("the attribute `{0}` is given twice")]
    DuplicateAttribute(String),
    /// `&` that begins no reference.
    #[error("`&` begins no entity here: written as text it is `&amp;`")]
    StrayAmpersand,
    /// An entity that XML does not define.
    #[error("`&{0};` is not an entity of XML (those are `&amp;`, `&lt;`, `&gt;`, `&quot;`, `&apos;`)")]
    UnknownEntity(String),
    /// A character reference to no character.
    #[error("`&{0};` is not a character that XML allows")]
    BadCharacterReference(String),
    /// A character that XML does not allow.
    #[error("the character U+{0:04X} is not allowed in XML")]
    BadCharacter(u32),
    /// `]]>` in text.
    #[error("`]]>` in text: written as text it is `]]&gt;`")]
    CdataEnd,
    /// An XML declaration that is broken, or not at the start of the file.
    #[error("{0}")]
    BadDeclaration(&'static str),
    /// `<?…?>` without the name that a processing instruction begins with.
    #[error("this is no processing instruction: a name must follow `<?`, and it is not `xml`")]
    BadInstruction,
    /// A declared encoding other than UTF-8.
    #[error("the file declares the encoding `{0}`: metadata files are UTF-8")]
    OtherEncoding(String),
    /// Reading was given up.
    #[error("too many errors: the rest of the file was not read")]
    TooMany,
}
