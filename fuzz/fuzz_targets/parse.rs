//! Any text gives a tree whose every span lies in the text, on character boundaries, and inside its parent.
#![no_main]

use libfuzzer_sys::fuzz_target;
use omnic::source::Span;
use omnic::xml;

fuzz_target!(|text: &str| {
    let document = xml::parse(text);
    let fits = |span: Span| {
        assert!(span.start <= span.end && text.get(span.start as usize..span.end as usize).is_some(), "{span:?}");
    };
    for error in &document.errors {
        fits(error.span);
        error.related.into_iter().for_each(fits);
    }
    let mut open: Vec<_> = document.root().into_iter().collect();
    while let Some(element) = open.pop() {
        for span in [element.span(), element.start_tag(), element.name_span(), element.content(), element.value_span()]
        {
            fits(span);
        }
        element.stray_text().into_iter().for_each(fits);
        let _ = (element.value(), element.own_text(), element.attributes());
        for child in element.children() {
            assert!(element.span().start <= child.span().start && child.span().end <= element.span().end);
            open.push(child);
        }
    }
    // What is not kept leaves no trace, but its errors are the same.
    let skipped = xml::parse_children(text, &|_| false);
    assert_eq!(skipped.errors, document.errors);
});
