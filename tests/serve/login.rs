//! Tokens, and how to get them.

use serde_json::{Value, json};

use crate::client::{PASSWORD, Server, options};

const FORM: (&str, &str) = ("Content-Type", "application/x-www-form-urlencoded");

fn soap(server: &Server, version: &str, user: &str, password: &str) -> crate::client::Answer {
    let body = format!(
        "<se:Envelope xmlns:se=\"http://schemas.xmlsoap.org/soap/envelope/\"><se:Header/><se:Body>\
         <login xmlns=\"urn:partner.soap.sforce.com\"><username>{user}</username><password>{password}</password></login>\
         </se:Body></se:Envelope>"
    );
    let headers = [("Content-Type", "text/xml"), ("SOAPAction", "\"\"")];
    server.send("POST", &format!("/services/Soap/u/{version}"), &headers, &body)
}

fn between<'t>(text: &'t str, tag: &str) -> &'t str {
    text.split_once(&format!("<{tag}>")).unwrap().1.split_once(&format!("</{tag}>")).unwrap().0
}

#[test]
fn a_token_counts_in_three_forms() {
    let server = Server::start();
    for form in
        [server.bearer(), format!("OAuth {}", server.token), format!("oauth {}", server.token), server.token.clone()]
    {
        let answer = server.send("GET", "/services/data/v60.0/limits", &[("Authorization", &form)], "");
        assert_eq!(answer.status, 200, "{form}");
    }
    for form in ["", "Bearer x", "Bearer ", "Basic YTpi"] {
        let answer = server.send("GET", "/services/data/v60.0/limits", &[("Authorization", form)], "");
        assert_eq!(answer.error(), (401, "INVALID_SESSION_ID".to_owned()), "{form}");
    }
}

#[test]
fn soap_login_gives_what_clients_look_for() {
    let server = Server::start();
    for version in ["50.0", "44.0/"] {
        let answer = soap(&server, version, "maria.keller@acme.example", PASSWORD);
        assert_eq!(answer.status, 200, "{}", answer.body);
        let url = between(&answer.body, "serverUrl").to_owned();
        assert!(url.starts_with(&format!("http://{}/services/Soap/u/", server.address)), "{url}");
        assert_eq!(between(&answer.body, "organizationId"), server.organization);
        assert_eq!(between(&answer.body, "userId"), server.user("maria.keller"));
        assert_eq!(between(&answer.body, "passwordExpired"), "false");
        let token = format!("Bearer {}", between(&answer.body, "sessionId"));
        let asked = server.send("GET", "/services/data/v60.0/limits", &[("Authorization", &token)], "");
        assert_eq!(asked.status, 200);
    }
}

#[test]
fn soap_login_is_refused_by_faults() {
    let server = Server::start();
    let wrong = soap(&server, "50.0", "maria.keller@acme.example", "wrong");
    assert_eq!(wrong.status, 500);
    assert!(between(&wrong.body, "faultstring").starts_with("INVALID_LOGIN: "), "{}", wrong.body);
    let gone = soap(&server, "65.0", "maria.keller@acme.example", PASSWORD);
    assert!(between(&gone.body, "faultstring").starts_with("UNSUPPORTED_API_VERSION: "), "{}", gone.body);
    let headers = [("Content-Type", "text/xml")];
    let nonsense = server.send("POST", "/services/Soap/u/50.0", &headers, "<<<");
    assert_eq!(nonsense.status, 500);
    let call =
        "<e:Envelope xmlns:e=\"http://schemas.xmlsoap.org/soap/envelope/\"><e:Body><merge/></e:Body></e:Envelope>";
    let other = server.send("POST", "/services/Soap/u/50.0", &headers, call);
    assert!(between(&other.body, "faultstring").contains("does not serve the SOAP call merge"), "{}", other.body);
}

#[test]
fn the_token_endpoint_takes_passwords_and_client_credentials() {
    let server = Server::start();
    let body =
        "grant_type=password&client_id=c&client_secret=s&username=maria.keller%40acme.example&password=a+password";
    let answer = server.send("POST", "/services/oauth2/token", &[FORM], body);
    assert_eq!(answer.status, 200, "{}", answer.body);
    let user = server.user("maria.keller");
    let base = format!("http://{}", server.address);
    let told = answer.json();
    assert_eq!(told["instance_url"], base.as_str());
    assert_eq!(told["id"], format!("{base}/id/{}/{user}", server.organization));
    assert_eq!(told["token_type"], "Bearer");
    let token = format!("Bearer {}", told["access_token"].as_str().unwrap());

    let info = server.send("GET", "/services/oauth2/userinfo", &[("Authorization", &token)], "").json();
    assert_eq!(info["user_id"], user.as_str());
    assert_eq!(info["organization_id"], server.organization.as_str());
    assert_eq!(info["preferred_username"], "maria.keller@acme.example");
    let identity = server.send("GET", &format!("/id/{}/{user}", server.organization), &[("Authorization", &token)], "");
    assert_eq!(identity.json()["username"], "maria.keller@acme.example");

    let credentials = server.send(
        "POST",
        "/services/oauth2/token",
        &[FORM],
        "grant_type=client_credentials&client_id=c&client_secret=a+password",
    );
    assert_eq!(credentials.status, 200, "{}", credentials.body);
    let basic = ("Authorization", "Basic YzphIHBhc3N3b3Jk");
    let credentials = server.send("POST", "/services/oauth2/token", &[FORM, basic], "grant_type=client_credentials");
    assert_eq!(credentials.status, 200, "{}", credentials.body);

    let revoked = server.send("POST", "/services/oauth2/revoke", &[FORM], &format!("token={}", &token[7..]));
    assert_eq!(revoked.status, 200);
    let after = server.send("GET", "/services/oauth2/userinfo", &[("Authorization", &token)], "");
    assert_eq!(after.status, 403);
}

#[test]
fn the_token_endpoint_refuses_in_its_own_shape() {
    let server = Server::start();
    let errors = [
        ("grant_type=password&username=maria.keller%40acme.example&password=x", "invalid_grant"),
        ("grant_type=password&username=nobody&password=a+password", "invalid_grant"),
        ("grant_type=client_credentials", "invalid_client_id"),
        ("grant_type=client_credentials&client_id=c", "invalid_client"),
        ("grant_type=client_credentials&client_id=c&client_secret=x", "invalid_client"),
        ("grant_type=refresh_token&refresh_token=x", "invalid_grant"),
        ("grant_type=authorization_code&code=x", "unsupported_grant_type"),
        ("grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion=x", "invalid_client_id"),
        ("", "unsupported_grant_type"),
    ];
    for (body, error) in errors {
        let answer = server.send("POST", "/services/oauth2/token", &[FORM], body);
        assert_eq!((answer.status, answer.json()["error"].as_str()), (400, Some(error)), "{body}");
        assert!(answer.json()["error_description"].is_string());
    }
}

#[test]
fn tokens_from_a_login_cannot_control() {
    let server = Server::start();
    let begun = server.control("POST", "sessions", &json!({ "user": "maria.keller@acme.example" })).json();
    let token = format!("Bearer {}", begun["accessToken"].as_str().unwrap());
    let asked = server.send("POST", "/omnic/v1/reset", &[("Authorization", &token)], "");
    assert_eq!(asked.error(), (403, "INSUFFICIENT_ACCESS".to_owned()));
    let without = server.send("POST", "/omnic/v1/reset", &[], "");
    assert_eq!(without.error(), (401, "INVALID_SESSION_ID".to_owned()));
    assert_eq!(begun["userId"], server.user("maria.keller").as_str());
    let _: Value = begun;
}

fn told(server: &Server, token: &str) -> u16 {
    server.send("GET", "/services/data/v60.0/limits", &[("Authorization", token)], "").status
}

#[test]
fn a_refresh_token_gives_access_tokens_until_it_is_revoked() {
    let server = Server::start();
    let ask = json!({ "user": "maria.keller@acme.example", "clientId": "adapter" });
    let begun = server.control("POST", "sessions", &ask).json();
    let refresh = begun["refreshToken"].as_str().unwrap().to_owned();
    let first = begun["accessToken"].as_str().unwrap().to_owned();
    let form = |client: &str| format!("grant_type=refresh_token&client_id={client}&refresh_token={refresh}");
    let other = server.send("POST", "/services/oauth2/token", &[FORM], &form("another"));
    assert_eq!((other.status, other.json()["error"].as_str()), (400, Some("invalid_client_id")));
    let answer = server.send("POST", "/services/oauth2/token", &[FORM], &form("adapter")).json();
    let second = answer["access_token"].as_str().unwrap().to_owned();
    assert_ne!(first, second);
    assert!(answer.get("refresh_token").is_none(), "{answer}");
    assert_eq!((told(&server, &first), told(&server, &second)), (200, 200));

    let revoked = server.send("GET", &format!("/services/oauth2/revoke?token={refresh}"), &[], "");
    assert_eq!(revoked.status, 200, "{}", revoked.body);
    assert_eq!((told(&server, &first), told(&server, &second)), (401, 401));
    let answer = server.send("POST", "/services/oauth2/token", &[FORM], &form("adapter")).json();
    assert_eq!(answer["error_description"], "expired access/refresh token");
    let again = server.send("POST", "/services/oauth2/revoke", &[FORM], &format!("token={refresh}"));
    assert_eq!(again.json()["error"], "invalid_token");
}

#[test]
fn the_sixth_refresh_token_of_a_client_ends_the_first() {
    let server = Server::start();
    let begin = |client: &str| {
        let ask = json!({ "user": "maria.keller@acme.example", "clientId": client });
        server.control("POST", "sessions", &ask).json()["refreshToken"].as_str().unwrap().to_owned()
    };
    let tokens: Vec<String> = ["a", "a", "b", "a", "a", "a", "a"].into_iter().map(begin).collect();
    for (at, (token, client)) in tokens.iter().zip(["a", "a", "b", "a", "a", "a", "a"]).enumerate() {
        let form = format!("grant_type=refresh_token&client_id={client}&refresh_token={token}");
        let expected = if at == 0 { 400 } else { 200 };
        assert_eq!(server.send("POST", "/services/oauth2/token", &[FORM], &form).status, expected, "{at}");
    }
}

#[test]
fn sessions_expire_by_the_clock_of_the_org_unless_they_are_used() {
    let mut options = options();
    options.org.access.session_minutes = Some(10);
    let server = Server::with(options).unwrap();
    let begin = || {
        let begun = server.control("POST", "sessions", &json!({ "user": "maria.keller@acme.example" })).json();
        begun["accessToken"].as_str().unwrap().to_owned()
    };
    let (used, unused) = (begin(), begin());
    server.advance(360);
    assert_eq!(told(&server, &used), 200);
    server.advance(240);
    assert_eq!((told(&server, &used), told(&server, &unused)), (200, 401));
    // The printed token does not expire.
    server.advance(86_400);
    assert_eq!((told(&server, &used), server.get("/services/data/v60.0/limits").status), (401, 200));
}

#[test]
fn soap_login_is_switched_off() {
    let mut options = options();
    options.org.access.soap_login = false;
    let server = Server::with(options).unwrap();
    let refused = soap(&server, "50.0", "maria.keller@acme.example", PASSWORD);
    assert_eq!(refused.status, 500);
    assert!(between(&refused.body, "faultstring").starts_with("INVALID_OPERATION: SOAP API login() is disabled"));
}

#[test]
fn requests_of_24_hours_are_counted_and_limited() {
    let mut options = options();
    options.org.access.api_requests = 2;
    let server = Server::with(options).unwrap();
    for used in 1..=2 {
        let answer = server.get("/services/data/v60.0/limits");
        assert_eq!(answer.header("Sforce-Limit-Info"), Some(format!("api-usage={used}/2").as_str()));
        assert_eq!(answer.json()["DailyApiRequests"], json!({ "Max": 2, "Remaining": 2 - used }));
    }
    let refused = server.get("/services/data/v60.0/limits");
    assert_eq!(refused.error(), (403, "REQUEST_LIMIT_EXCEEDED".to_owned()));
    assert_eq!(refused.header("Sforce-Limit-Info"), Some("api-usage=2/2"));
    // The versions need no session, and do not count.
    assert_eq!(server.get("/services/data").status, 200);
    server.advance(24 * 3_600);
    assert_eq!(server.get("/services/data/v60.0/limits").status, 200);
}
