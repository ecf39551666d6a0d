"""Starts `omnic serve` for one test, over TLS, and asks its control interface.

OMNIC names the program; without it, `omnic` is looked for in the path.
"""

import json
import os
import ssl
import subprocess
import tempfile
import unittest
from pathlib import Path
from urllib.parse import quote
from urllib.request import Request, urlopen

# A small project with external routing: the chat queues `Sales` and `Service`, the reps ana, ben and chen.
CHATS = Path(__file__).resolve().parents[1] / "serve-clients" / "project"


def rep(name):
    """The username of a rep of that project."""
    return f"{name}@chats.example"


class Server:
    """A server with a manual clock; `folder` has what clients need of it: the CA's certificate is `ca.pem`."""

    def __init__(self, folder, *more):
        self.ca = str(Path(folder) / "ca.pem")
        program = os.environ.get("OMNIC", "omnic")
        options = ["--port", "0", "--format", "json", "--clock", "manual", "--tls-ca", self.ca, *more]
        self.process = subprocess.Popen([program, "serve", str(CHATS), *options], stdout=subprocess.PIPE, text=True)
        greeting = json.loads(self.process.stdout.readline())
        self.url, self.token, self.password = greeting["url"], greeting["accessToken"], greeting["password"]
        self.host = self.url.removeprefix("https://")
        self._trust = ssl.create_default_context(cafile=self.ca)

    def end(self):
        self.process.terminate()
        status = self.process.wait(20)
        self.process.stdout.close()
        return status

    def send(self, method, path, body=None, token=None):
        """Sends a request with the printed token; the answer's JSON. An error status throws."""
        headers = {"Authorization": f"Bearer {token or self.token}", "Content-Type": "application/json"}
        data = None if body is None else json.dumps(body).encode()
        with urlopen(Request(self.url + path, data, headers, method=method), context=self._trust, timeout=30) as answer:
            text = answer.read()
            return json.loads(text) if text else None

    def happen(self, *events):
        """What consoles and customers do: events as `omnic run` reads them. A refusal throws."""
        done = self.send("POST", "/omnic/v1/events", list(events))
        if done.get("refused"):
            raise AssertionError(done)
        return done["effects"]

    def query(self, soql):
        return self.send("GET", f"/services/data/v61.0/query?q={quote(soql)}")["records"]

    def queue(self, name="Sales"):
        """The id of a queue."""
        (record,) = self.query(f"SELECT Id FROM Group WHERE Type = 'Queue' AND DeveloperName = '{name}'")
        return record["Id"]

    def chat(self):
        """A visitor asks for a chat: a `LiveChatTranscript` in a queue. Gives its id."""
        return self.send("POST", "/services/data/v61.0/sobjects/LiveChatTranscript", {"OwnerId": self.queue()})["id"]


class Served(unittest.TestCase):
    """A test with a folder of its own; clients trust the CA of the server that it starts."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def serve(self, *more):
        server = Server(self.folder, *more)
        self.addCleanup(server.end)
        for name in ("REQUESTS_CA_BUNDLE", "SSL_CERT_FILE"):
            self.addCleanup(os.environ.pop, name, None)
            os.environ[name] = server.ca
        return server
