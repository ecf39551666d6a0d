//! What needs no token.

use crate::client::Server;

#[test]
fn the_first_page_and_the_health_need_no_token_and_answer_head() {
    let server = Server::start();
    for path in ["/", "/omnic/v1/health"] {
        let get = server.send("GET", path, &[], "");
        assert_eq!(get.status, 200, "{path}");
        assert!(get.header("Content-Security-Policy").unwrap().starts_with("default-src 'none'"));
        let head = server.send("HEAD", path, &[], "");
        assert_eq!((head.status, head.body.as_str()), (200, ""), "{path}");
        assert_eq!(head.header("Content-Length"), Some(get.body.len().to_string().as_str()), "{path}");
    }
    let health = server.send("GET", "/omnic/v1/health", &[], "").json();
    assert_eq!(health["status"], "ok");
    assert_eq!(health["clock"], "manual");
    assert_eq!(health["plan"], crate::client::plan().digest.as_str());
}

#[test]
fn all_data_needs_one() {
    let server = Server::start();
    let user = server.user("maria.keller");
    for path in [
        "/services/data/v60.0".to_owned(),
        "/services/data/v60.0/sobjects".to_owned(),
        "/services/data/v60.0/query?q=SELECT+Id+FROM+User".to_owned(),
        "/omnic/v1/state".to_owned(),
        "/omnic/v1/events".to_owned(),
        "/omnic/v1/clock".to_owned(),
        "/services/oauth2/userinfo".to_owned(),
        format!("/id/{}/{user}", server.organization),
    ] {
        assert!(matches!(server.send("GET", &path, &[], "").status, 401 | 403), "{path}");
    }
}
