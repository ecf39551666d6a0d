"""simple-salesforce over TLS: every way in, records, queries with paging.

It makes addresses such as `https://{domain}.salesforce.com/services/oauth2/token` itself. A domain that ends in `?` turns what
follows into a query that the server ignores: so it reaches another host without a change of its code.
"""

import json
import os
import unittest
from datetime import datetime, timedelta, timezone

import jwt
import requests
from simple_salesforce import Salesforce
from simple_salesforce.exceptions import (
    SalesforceAuthenticationFailed,
    SalesforceExpiredSession,
    SalesforceMalformedRequest,
    SalesforceResourceNotFound,
)

from harness import Served, key_pair, rep

VERSION = "59.0"


def token_domain(server):
    return f"{server.host}/services/oauth2/token?"


def soap_domain(server):
    return f"{server.host}/services/Soap/u/{VERSION}?"


class Login(Served):
    def with_client(self, pem, **more):
        """A server that knows one client, whose key is in a file."""
        (self.folder / "client.crt").write_bytes(pem)
        clients = {"adapter": {"certificate": "client.crt", **more}}
        (self.folder / "clients.json").write_text(json.dumps(clients))
        return self.serve("--clients", str(self.folder / "clients.json"))

    def by_assertion(self, server, private, user=rep("ana"), client="adapter"):
        return Salesforce(
            username=user,
            consumer_key=client,
            privatekey=private.decode(),
            instance_url=token_domain(server),
            version=VERSION,
        )

    def who(self, salesforce):
        return salesforce.restful("query", {"q": "SELECT Username FROM User LIMIT 1"})["totalSize"]

    def test_a_certificate_is_checked(self):
        server = self.serve()
        os.environ.pop("REQUESTS_CA_BUNDLE")
        with self.assertRaises(requests.exceptions.SSLError):
            Salesforce(session_id=server.token, instance_url=server.url).limits()

    def test_a_request_without_tls_is_told_so(self):
        server = self.serve()
        answer = requests.get(f"http://{server.host}/services/data", timeout=20)
        self.assertEqual(answer.status_code, 403)
        self.assertIn("HTTPS Required", answer.json()[0]["message"])

    def test_soap_login(self):
        server = self.serve()
        salesforce = Salesforce(
            username=rep("ana"), password=server.password, security_token="", domain=soap_domain(server), version=VERSION
        )
        self.assertEqual(salesforce.sf_instance, server.host)
        self.assertEqual(self.who(salesforce), 1)

    def test_soap_login_that_is_switched_off(self):
        server = self.serve("--no-soap-login")
        with self.assertRaises(SalesforceAuthenticationFailed) as refused:
            Salesforce(
                username=rep("ana"),
                password=server.password,
                security_token="",
                domain=soap_domain(server),
                version=VERSION,
            )
        self.assertEqual(refused.exception.code, "INVALID_OPERATION")

    def test_password_and_client_credentials(self):
        server = self.serve()
        by_password = Salesforce(
            username=rep("ana"),
            password=server.password,
            consumer_key="any",
            consumer_secret="any",
            domain=token_domain(server),
        )
        self.assertEqual(self.who(by_password), 1)
        by_client = Salesforce(consumer_key="any", consumer_secret=server.password, domain=token_domain(server))
        self.assertEqual(self.who(by_client), 1)

    def test_client_credentials_of_a_client_that_is_known(self):
        _, certificate, _ = key_pair()
        server = self.with_client(certificate, secret="s3cret", runAs=rep("ben"))
        domain = token_domain(server)
        salesforce = Salesforce(consumer_key="adapter", consumer_secret="s3cret", domain=domain)
        info = server.send("GET", "/services/oauth2/userinfo", token=salesforce.session_id)
        self.assertEqual(info["preferred_username"], rep("ben"))
        for client, secret, code in [("adapter", "x", "invalid_client"), ("other", "s3cret", "invalid_client_id")]:
            with self.assertRaises(SalesforceAuthenticationFailed) as refused:
                Salesforce(consumer_key=client, consumer_secret=secret, domain=domain)
            self.assertEqual(refused.exception.code, code)

    def test_a_signed_assertion(self):
        private, certificate, public = key_pair()
        for pem in (certificate, public):
            server = self.with_client(pem)
            salesforce = self.by_assertion(server, private)
            info = server.send("GET", "/services/oauth2/userinfo", token=salesforce.session_id)
            self.assertEqual(info["preferred_username"], rep("ana"))

    def test_assertions_that_are_refused(self):
        private, certificate, _ = key_pair()
        other, _, _ = key_pair()
        server = self.with_client(certificate, users=[rep("ana")])
        for arguments, code, words in [
            ((server, other), "invalid_grant", "invalid assertion"),
            ((server, private, rep("ben")), "invalid_grant", "user hasn't approved this consumer"),
            ((server, private, rep("ana"), "other"), "invalid_client_id", "client identifier invalid"),
        ]:
            with self.assertRaises(SalesforceAuthenticationFailed) as refused:
                self.by_assertion(*arguments)
            self.assertEqual((refused.exception.code, refused.exception.auth_message), (code, words))

    def test_what_an_assertion_must_say(self):
        private, certificate, _ = key_pair()
        server = self.with_client(certificate)
        soon = datetime.now(timezone.utc) + timedelta(minutes=3)
        right = {"iss": "adapter", "sub": rep("ana"), "aud": server.url, "exp": soon}

        def answer(algorithm="RS256", key=private, **changed):
            claims = {name: value for name, value in {**right, **changed}.items() if value is not None}
            assertion = jwt.encode(claims, key, algorithm=algorithm)
            form = {"grant_type": "urn:ietf:params:oauth:grant-type:jwt-bearer", "assertion": assertion}
            told = requests.post(f"{server.url}/services/oauth2/token", form, timeout=20).json()
            return (told.get("error"), told.get("error_description"))

        self.assertEqual(answer(), (None, None))
        self.assertEqual(answer(aud=[f"{server.url}/services/oauth2/token", "other"]), (None, None))
        audience, expired = ("invalid_grant", "audience is invalid"), ("invalid_grant", "expired authorization code")
        invalid, unknown = ("invalid_grant", "invalid assertion"), ("invalid_client_id", "client identifier invalid")
        for expected, told in [
            (audience, answer(aud="https://evil.example")),
            (audience, answer(aud=None)),
            (expired, answer(exp=datetime.now(timezone.utc) - timedelta(seconds=5))),
            (expired, answer(exp=None)),
            (invalid, answer(sub=None)),
            (unknown, answer(iss=None)),
            (invalid, answer(algorithm="none", key=None)),
            (invalid, answer(algorithm="HS256", key="a key that is long enough for this algorithm")),
            (invalid, answer(algorithm="RS512")),
            (("invalid_grant", "user hasn't approved this consumer"), answer(sub="nobody@chats.example")),
        ]:
            self.assertEqual(told, expected)

    def test_a_session_that_expired(self):
        server = self.serve("--session-minutes", "15")
        token = server.send("POST", "/omnic/v1/sessions", {"user": rep("ana")})["accessToken"]
        salesforce = Salesforce(session_id=token, instance_url=server.url)
        self.assertEqual(self.who(salesforce), 1)
        server.send("POST", "/omnic/v1/clock", {"advanceSeconds": 15 * 60})
        with self.assertRaises(SalesforceExpiredSession):
            self.who(salesforce)


class Records(Served):
    def setUp(self):
        super().setUp()
        self.server = self.serve()
        self.salesforce = Salesforce(session_id=self.server.token, instance_url=self.server.url, version=VERSION)

    def test_create_read_update_delete(self):
        case = self.salesforce.Case
        made = case.create({"Subject": "Refund", "Priority": "High"})
        self.assertEqual((made["success"], made["errors"]), (True, []))
        self.assertEqual(case.get(made["id"])["Subject"], "Refund")
        self.assertEqual(case.update(made["id"], {"Subject": "Refund, please"}), 204)
        self.assertEqual(case.get(made["id"])["Subject"], "Refund, please")
        self.assertEqual(case.delete(made["id"]), 204)
        with self.assertRaises(SalesforceResourceNotFound):
            case.get(made["id"])

    def test_describe(self):
        fields = {field["name"]: field for field in self.salesforce.PendingServiceRouting.describe()["fields"]}
        self.assertTrue(fields["WorkItemId"]["createable"])
        self.assertIn("AgentWork", {each["name"] for each in self.salesforce.describe()["sobjects"]})

    def test_an_error_has_its_code(self):
        with self.assertRaises(SalesforceMalformedRequest) as refused:
            self.salesforce.query("SELECT Nonsense FROM Case")
        self.assertEqual(refused.exception.content[0]["errorCode"], "INVALID_FIELD")

    def test_a_query_page_by_page(self):
        records = [{"attributes": {"type": "Case"}, "Subject": f"Case {number}"} for number in range(450)]
        for start in range(0, len(records), 200):
            body = {"allOrNone": True, "records": records[start : start + 200]}
            made = self.server.send("POST", f"/services/data/v{VERSION}/composite/sobjects", body)
            self.assertTrue(all(each["success"] for each in made))
        self.salesforce.headers["Sforce-Query-Options"] = "batchSize=200"
        soql = "SELECT Id, Subject FROM Case"
        first = self.salesforce.query(soql)
        self.assertEqual((first["totalSize"], first["done"], len(first["records"])), (450, False, 200))
        self.assertEqual(len(self.salesforce.query_more(first["nextRecordsUrl"], True)["records"]), 200)
        self.assertEqual(len(self.salesforce.query_all(soql)["records"]), 450)
        self.assertEqual(len(list(self.salesforce.query_all_iter(soql))), 450)

    def test_requests_are_counted(self):
        used = []
        for _ in range(2):
            self.salesforce.limits()
            usage = self.salesforce.api_usage["api-usage"]
            used.append(usage.used)
        self.assertEqual(used[1], used[0] + 1)


class Limits(Served):
    def test_requests_beyond_the_limit_are_refused(self):
        server = self.serve("--api-requests", "3")
        salesforce = Salesforce(session_id=server.token, instance_url=server.url, version=VERSION)
        for left in (2, 1, 0):
            self.assertEqual(salesforce.limits()["DailyApiRequests"]["Remaining"], left)
        with self.assertRaises(Exception) as refused:
            salesforce.limits()
        self.assertEqual(refused.exception.content[0]["errorCode"], "REQUEST_LIMIT_EXCEEDED")
        server.send("POST", "/omnic/v1/clock", {"advanceSeconds": 25 * 3600})
        self.assertEqual(salesforce.limits()["DailyApiRequests"]["Remaining"], 2)


if __name__ == "__main__":
    unittest.main()
