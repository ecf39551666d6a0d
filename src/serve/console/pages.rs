//! The pages and scripts of the consoles. `consoles/` has their sources, and a test there builds them again and compares.

use crate::serve::exchange::{ApiError, Response};

/// What pages may load and ask: nothing but what the server has.
const POLICY: &str = "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'; connect-src 'self'; \
                      img-src 'self' data:; frame-src 'self'; base-uri 'none'; form-action 'none'; \
                      frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types omnic";

/// A page: its path, its title, its script.
const PAGES: [(&str, &str, &str); 6] = [
    ("", "Consoles", "home"),
    ("rep", "Rep", "rep"),
    ("supervisor", "Supervisor", "supervisor"),
    ("customer", "Customer and clock", "customer"),
    ("partner", "Routing partner", "partner"),
    ("components", "Components", "components"),
];

macro_rules! assets {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("assets/", $name)))),*]
    };
}

/// The scripts and styles.
const ASSETS: &[(&str, &str)] = assets![
    "home.js",
    "rep.js",
    "supervisor.js",
    "customer.js",
    "partner.js",
    "components.js",
    "frame.js",
    "integration.js",
    "worker.js",
    "consoles.css",
    "frame.css",
];

/// A script or style by its name.
pub(super) fn asset(name: &str) -> Option<Response> {
    let (_, text) = ASSETS.iter().find(|(known, _)| *known == name)?;
    let is_style = std::path::Path::new(name).extension().is_some_and(|ending| ending == "css");
    let content = if is_style { "text/css;charset=UTF-8" } else { "text/javascript;charset=UTF-8" };
    // Frames have no origin: without this, errors of their scripts would have no lines. None of them holds data.
    Some(Response::text(200, content, *text).with("Cache-Control", "no-cache").with("Access-Control-Allow-Origin", "*"))
}

/// A page, a script or a style.
///
/// # Errors
///
/// If there is none.
pub(super) fn page(segments: &[&str]) -> Result<Response, ApiError> {
    match segments {
        ["console", "assets", name] => asset(name).ok_or_else(ApiError::not_found),
        // Any version: what the toolkit has does not differ in them, as far as it is served.
        ["support", "console", version, "integration.js"] if is_version(version) => {
            asset("integration.js").ok_or_else(ApiError::not_found)
        }
        ["console"] => html(""),
        ["console", name] if !name.is_empty() => html(name),
        _ => Err(ApiError::not_found()),
    }
}

fn is_version(text: &str) -> bool {
    text.split_once('.').is_some_and(|(number, rest)| {
        rest == "0" && matches!(number.parse::<u32>(), Ok(20..=99)) && number.bytes().all(|byte| byte.is_ascii_digit())
    })
}

fn html(name: &str) -> Result<Response, ApiError> {
    let (_, title, script) = PAGES.iter().find(|(path, _, _)| *path == name).ok_or_else(ApiError::not_found)?;
    let text = format!(
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<title>{title} · omnic serve</title>\n\
         <link rel=\"icon\" href=\"data:,\">\n<link rel=\"stylesheet\" href=\"/console/assets/consoles.css\">\n\
         <script type=\"module\" src=\"/console/assets/{script}.js\"></script>\n\
         <body>\n<noscript>This page needs JavaScript.</noscript>\n</body>\n</html>\n"
    );
    Ok(Response::text(200, "text/html;charset=UTF-8", text)
        .with("Content-Security-Policy", POLICY)
        .with("Referrer-Policy", "no-referrer"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_toolkit_is_there_in_each_version() {
        let status = |path: &str| {
            let segments: Vec<&str> = path.split('/').collect();
            page(&segments).map_or_else(|error| error.status, |response| response.status)
        };
        assert_eq!(status("support/console/57.0/integration.js"), 200);
        assert_eq!(status("support/console/integration.js"), 404);
        assert_eq!(status("support/console/57/integration.js"), 404);
        assert_eq!(status("support/console/+7.0/integration.js"), 404);
        assert_eq!(status("console/rep"), 200);
        assert_eq!(status("console/assets/../rep"), 404);
        assert_eq!(status("console/other"), 404);
    }
}
