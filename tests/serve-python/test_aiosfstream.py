"""aiosfstream-ng over TLS: logins by password and by refresh token, a PushTopic, replay."""

import asyncio
import atexit
import logging
import os
import tempfile
import unittest
from pathlib import Path

from harness import Served, key_pair, rep

# aiohttp reads which certificates to trust when it is imported: all servers of this file have one of our own.
FOLDER = tempfile.TemporaryDirectory()
atexit.register(FOLDER.cleanup)
OWN = [str(Path(FOLDER.name) / name) for name in ("server.crt", "server.key")]
KEY, CERTIFICATE, _ = key_pair("127.0.0.1")
Path(OWN[0]).write_bytes(CERTIFICATE)
Path(OWN[1]).write_bytes(KEY)
os.environ["SSL_CERT_FILE"] = OWN[0]

# Closing the client cancels its held connect, which asyncio reports as an error of the client's callback.
logging.getLogger("asyncio").setLevel(logging.CRITICAL)

from aiosfstream_ng import Client, ReplayOption  # noqa: E402
from aiosfstream_ng.auth import PasswordAuthenticator, RefreshTokenAuthenticator  # noqa: E402
from aiosfstream_ng.exceptions import AuthenticationError  # noqa: E402

CHANNEL = "/topic/Requests"
WAIT = 20


def at(server, authenticator):
    """The same authenticator with the server's address instead of that of login.salesforce.com."""

    class AtServer(authenticator):
        _token_url = f"{server.url}/services/oauth2/token"

    return AtServer


class Streaming(Served):
    def setUp(self):
        super().setUp()
        self.server = self.serve(own=OWN)
        self.server.send(
            "POST",
            "/services/data/v61.0/sobjects/PushTopic",
            {
                "Name": "Requests",
                "Query": "SELECT Id, WorkItemId, IsPushed FROM PendingServiceRouting",
                "ApiVersion": 60.0,
                "NotifyForFields": "All",
            },
        )

    def by_password(self):
        return at(self.server, PasswordAuthenticator)("any", "any", rep("ana"), self.server.password)

    def chats(self, count, authenticator, replay):
        """The work items of the next events."""

        async def receive():
            found = []
            async with Client(authenticator, replay=replay) as client:
                await client.subscribe(CHANNEL)
                if isinstance(count, int):
                    while len(found) < count:
                        message = await asyncio.wait_for(client.receive(), WAIT)
                        found.append(message["data"]["sobject"]["WorkItemId"])
                else:
                    made = await asyncio.to_thread(self.server.chat)
                    message = await asyncio.wait_for(client.receive(), WAIT)
                    found += [made, message["data"]["sobject"]["WorkItemId"], message["data"]["event"]["type"]]
            return found

        return asyncio.run(receive())

    def test_new_events(self):
        made, told, kind = self.chats(None, self.by_password(), ReplayOption.NEW_EVENTS)
        self.assertEqual((told, kind), (made, "created"))

    def test_all_events_and_then_those_after_the_last_one(self):
        markers = {}
        first = self.server.chat()
        self.assertEqual(self.chats(1, self.by_password(), ReplayOption.ALL_EVENTS), [first])
        # A mapping keeps the replay id of each channel, and begins at the tip if it has none.
        made, told, _ = self.chats(None, self.by_password(), markers)
        self.assertEqual(made, told)
        missed = [self.server.chat(), self.server.chat()]
        self.assertEqual(self.chats(2, self.by_password(), markers), missed)

    def test_a_refresh_token_until_it_is_revoked(self):
        signed_in = self.server.send("POST", "/omnic/v1/sessions", {"user": rep("ana"), "clientId": "adapter"})
        token = signed_in["refreshToken"]
        kind = at(self.server, RefreshTokenAuthenticator)
        authenticator = kind("adapter", "any", token)
        made, told, _ = self.chats(None, authenticator, ReplayOption.NEW_EVENTS)
        self.assertEqual(made, told)
        self.server.send("GET", f"/services/oauth2/revoke?token={token}")
        with self.assertRaises(AuthenticationError):
            self.chats(None, kind("adapter", "any", token), ReplayOption.NEW_EVENTS)
        for ended in (signed_in["accessToken"], authenticator.access_token):
            with self.assertRaises(Exception) as refused:
                self.server.send("GET", "/services/data/v61.0/limits", token=ended)
            self.assertEqual(refused.exception.code, 401)


if __name__ == "__main__":
    unittest.main()
