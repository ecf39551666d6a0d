//! Components as they are written, served so that they run in a frame with an origin of its own: nothing is evaluated.

use std::fmt::Write as _;

use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::markup::{Markup, Node, Problem, read};
use super::pages::page;
use crate::serve::exchange::{ApiError, Request, Response};
use crate::serve::login::session_of;
use crate::serve::org::{ComponentFile, Org};
use crate::text::json;

/// A component or a page, with the files beside it.
struct Found<'f> {
    /// Its name, as the file's, without the ending.
    name: &'f str,
    /// `cmp` or `page`.
    kind: &'static str,
    file: &'f ComponentFile,
}

fn split(path: &str) -> (&str, &str) {
    path.rsplit_once('/').unwrap_or(("", path))
}

/// The components of a folder, in the order of their names.
fn components(files: &[ComponentFile]) -> Vec<Found<'_>> {
    let found = |file: &'_ ComponentFile| {
        let (_, name) = split(&file.path);
        [("cmp", ".cmp"), ("page", ".page")].into_iter().find_map(|(kind, ending)| {
            let stem = name.len().checked_sub(ending.len())?;
            name.ends_with(ending).then_some((stem, kind))
        })
    };
    let mut all: Vec<Found<'_>> = files
        .iter()
        .filter_map(|file| {
            let (stem, kind) = found(file)?;
            Some(Found { name: split(&file.path).1.get(..stem)?, kind, file })
        })
        .collect();
    all.sort_by(|a, b| (a.name, a.kind, &a.file.path).cmp(&(b.name, b.kind, &b.file.path)));
    all
}

/// The file beside a component with an ending such as `Controller.js`, or `apex.json`.
fn beside<'f>(files: &'f [ComponentFile], found: &Found<'_>, name: &str) -> Option<&'f ComponentFile> {
    let (folder, _) = split(&found.file.path);
    files.iter().find(|file| split(&file.path) == (folder, name))
}

/// Answers a request for `/console/components/…`.
///
/// # Errors
///
/// If there is no such component, or there are none at all.
pub(super) fn answer(org: &mut Org, request: &Request, rest: &[&str]) -> Result<Response, ApiError> {
    if rest.is_empty() {
        return page(&["console", "components"]);
    }
    if rest == ["list"] && !matches!(session_of(org, request), Some(Ok(_))) {
        return Err(ApiError::session());
    }
    let key = org.consoles.key().to_owned();
    let Some(read) = &mut org.components else {
        let message = "no folder of components was given: start `omnic serve` with --components DIR";
        return Err(ApiError::new(404, "NOT_FOUND", message));
    };
    let files = read().map_err(|problem| ApiError::new(500, "UNKNOWN_EXCEPTION", problem))?;
    match rest {
        ["list"] => Ok(list(&files, &key)),
        // Frames send no token: whoever may see the list knows the key.
        [kind, given, name, part] if *given == key => {
            let all = components(&files);
            let found = all.iter().find(|found| found.name == *name && found.kind == *kind);
            found.ok_or_else(ApiError::not_found).and_then(|found| self::part(&files, found, part, request, &key))
        }
        _ => Err(ApiError::not_found()),
    }
}

fn list(files: &[ComponentFile], key: &str) -> Response {
    let shown: Vec<Value> = components(files)
        .iter()
        .map(|found| {
            let (folder, _) = split(&found.file.path);
            let mut hash = Sha256::new();
            for file in files.iter().filter(|file| split(&file.path).0 == folder) {
                hash.update(&file.path);
                hash.update([0]);
                hash.update(&file.text);
                hash.update([0]);
            }
            let mut digest = String::new();
            for byte in hash.finalize().iter().take(8) {
                // Writing to a text does not fail.
                let _ = write!(digest, "{byte:02x}");
            }
            json!({ "name": found.name, "kind": found.kind, "path": found.file.path, "digest": digest })
        })
        .collect();
    Response::json(200, &json!({ "key": key, "components": shown }))
}

fn part(
    files: &[ComponentFile],
    found: &Found<'_>,
    part: &str,
    request: &Request,
    key: &str,
) -> Result<Response, ApiError> {
    // Frames have no origin; who does not know the key gets nothing.
    let script = |text: String| {
        Response::text(200, "text/javascript;charset=UTF-8", text).with("Access-Control-Allow-Origin", "*")
    };
    let named = |ending: &str| beside(files, found, &format!("{}{ending}", found.name));
    match part {
        "frame" => Ok(frame(files, found, &request.base, key)),
        "markup.js" => Ok(script(markup_script(files, found))),
        "controller.js" | "helper.js" | "renderer.js" => {
            let (ending, what) = match part {
                "controller.js" => ("Controller.js", "controller"),
                "helper.js" => ("Helper.js", "helper"),
                _ => ("Renderer.js", "renderer"),
            };
            let file = named(ending).ok_or_else(ApiError::not_found)?;
            Ok(script(wrapped(what, &file.text)))
        }
        "style.css" => {
            let file = named(".css").ok_or_else(ApiError::not_found)?;
            // What Aura writes for the element of the component.
            let text = file.text.replace(".THIS", "#omnic-root");
            Ok(Response::text(200, "text/css;charset=UTF-8", text))
        }
        _ => {
            let number = part.strip_prefix("script-").and_then(|rest| rest.strip_suffix(".js"));
            let number = number.and_then(|number| number.parse::<usize>().ok());
            let markup = read(&found.file.text);
            let found = number.and_then(|number| markup.scripts.get(number)).ok_or_else(ApiError::not_found)?;
            // So that lines in messages are those of the file.
            Ok(script(format!("{}{}\n", "\n".repeat(found.line.saturating_sub(1)), found.text)))
        }
    }
}

/// An object that a file holds in parentheses, handed over. Lines stay what they are.
fn wrapped(what: &str, text: &str) -> String {
    let text = text.trim_end().trim_end_matches(';');
    format!("omnicFrame.define(\"{what}\", (function () {{ return ({text}\n); }})());\n")
}

/// The tree as a script, with the handlers that were in it, and with what Apex answers.
fn markup_script(files: &[ComponentFile], found: &Found<'_>) -> String {
    let mut markup = read(&found.file.text);
    let mut handlers = Vec::new();
    if found.kind == "page" {
        take_handlers(&mut markup.nodes, &mut handlers);
    }
    let apex = beside(files, found, "apex.json").map(|file| serde_json::from_str::<Value>(&file.text));
    let apex = match apex {
        None => json!({}),
        Some(Ok(apex)) => apex,
        Some(Err(error)) => {
            let message = format!("apex.json is not JSON: {error}");
            markup.problems.push(Problem { line: error.line(), message });
            json!({})
        }
    };
    let Markup { nodes, problems, .. } = &markup;
    let value = json!({
        "name": found.name,
        "kind": found.kind,
        "path": found.file.path,
        "nodes": nodes,
        "problems": problems,
        "apex": apex,
    });
    // JSON is JavaScript, but for two separators of lines that old browsers mind: they are told by their numbers.
    let mut text = format!("omnicFrame.markup({});\n", json::text(&value));
    for handler in handlers {
        text.push_str("omnicFrame.handler(function (event) {");
        text.push_str(&handler);
        text.push_str("\n});\n");
    }
    text
}

/// Takes handlers such as `onclick` out of elements, and leaves their numbers.
fn take_handlers(nodes: &mut [Node], handlers: &mut Vec<String>) {
    for node in nodes {
        let Node::Element { tag, attributes, children, .. } = node else { continue };
        // Components of Apex have attributes of such names with other meanings.
        if !tag.contains(':') || tag.eq_ignore_ascii_case("apex:form") {
            for (name, value) in attributes.iter_mut().filter(|(name, _)| name.to_ascii_lowercase().starts_with("on")) {
                *name = name.to_ascii_lowercase();
                let number = handlers.len().to_string();
                handlers.push(std::mem::replace(value, number));
            }
        }
        take_handlers(children, handlers);
    }
}

/// The document of a frame: it has an origin of its own, and loads nothing but what belongs to the component.
fn frame(files: &[ComponentFile], found: &Found<'_>, base: &str, key: &str) -> Response {
    let own = format!("/console/components/{}/{key}/{}", found.kind, encoded(found.name));
    let mut head = String::from("<link rel=\"stylesheet\" href=\"/console/assets/frame.css\">\n");
    let named = |ending: &str| beside(files, found, &format!("{}{ending}", found.name)).is_some();
    if named(".css") && found.kind == "cmp" {
        let _ = writeln!(head, "<link rel=\"stylesheet\" href=\"{own}/style.css\">");
    }
    let mut scripts = vec!["/console/assets/frame.js".to_owned()];
    let markup = read(&found.file.text);
    if found.kind == "page" {
        scripts.extend(includes(&markup.nodes));
        // Handlers and the tree first: scripts of a page look for its elements when they run.
        scripts.push(format!("{own}/markup.js"));
        scripts.extend((0..markup.scripts.len()).map(|number| format!("{own}/script-{number}.js")));
    } else {
        for (ending, part) in
            [("Helper.js", "helper.js"), ("Controller.js", "controller.js"), ("Renderer.js", "renderer.js")]
        {
            if named(ending) {
                scripts.push(format!("{own}/{part}"));
            }
        }
        scripts.push(format!("{own}/markup.js"));
    }
    for path in scripts {
        let _ = writeln!(head, "<script defer crossorigin src=\"{path}\"></script>");
    }
    let text = format!(
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<title>Component</title>\n{head}\
         <body>\n<div id=\"omnic-root\"></div>\n</body>\n</html>\n"
    );
    let policy = format!(
        "sandbox allow-scripts allow-forms; default-src 'none'; script-src {base}/console/ {base}/support/console/; \
         style-src {base}/console/; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors {base}"
    );
    Response::text(200, "text/html;charset=UTF-8", text).with("Content-Security-Policy", policy)
}

/// Scripts of ours that a page includes. Of others the frame says that they are not served.
fn includes(nodes: &[Node]) -> Vec<String> {
    let mut found = Vec::new();
    for node in nodes {
        let Node::Element { tag, attributes, children, .. } = node else { continue };
        if tag.eq_ignore_ascii_case("apex:includeScript") {
            let value = attributes.iter().find(|(name, _)| name.eq_ignore_ascii_case("value"));
            let path = value.map(|(_, value)| value.trim()).unwrap_or_default();
            let segments: Vec<&str> = path.trim_start_matches('/').split('/').collect();
            if segments.first() == Some(&"support") && page(&segments).is_ok() {
                found.push(format!("/{}", segments.join("/")));
            }
        }
        found.extend(includes(children));
    }
    found
}

/// A name in an address: letters, digits and a few signs stay.
fn encoded(name: &str) -> String {
    percent_encoding::utf8_percent_encode(name, percent_encoding::NON_ALPHANUMERIC).to_string()
}
