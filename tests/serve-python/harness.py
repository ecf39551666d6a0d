"""Starts `omnic serve` for one test, over TLS, and asks its control interface.

OMNIC names the program; without it, `omnic` is looked for in the path.
"""

import json
import os
import ssl
import subprocess
import tempfile
import unittest
from datetime import datetime, timedelta, timezone
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import quote
from urllib.request import Request, urlopen

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

# A small project with external routing: the chat queues `Sales` and `Service`, the reps ana, ben and chen.
CHATS = Path(__file__).resolve().parents[1] / "serve-clients" / "project"


def rep(name):
    """The username of a rep of that project."""
    return f"{name}@chats.example"


def key_pair(*addresses):
    """A private key as PEM, a certificate of it that it signs itself, and its public key."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "omnic test")])
    now = datetime.now(timezone.utc)
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    builder = builder.serial_number(1).not_valid_before(now - timedelta(hours=1)).not_valid_after(now + timedelta(days=1))
    if addresses:
        names = [x509.IPAddress(ip_address(address)) for address in addresses]
        builder = builder.add_extension(x509.SubjectAlternativeName(names), False)
    certificate = builder.add_extension(x509.BasicConstraints(not addresses, None), True).sign(key, hashes.SHA256())
    encoding, plain = serialization.Encoding.PEM, serialization.NoEncryption()
    private = key.private_bytes(encoding, serialization.PrivateFormat.PKCS8, plain)
    public = key.public_key().public_bytes(encoding, serialization.PublicFormat.SubjectPublicKeyInfo)
    return private, certificate.public_bytes(encoding), public


class Server:
    """A server with a manual clock, whose certificate is signed by its own CA or given: the files of it and its key."""

    def __init__(self, folder, *more, own=None):
        self.ca = own[0] if own else str(Path(folder) / "ca.pem")
        program = os.environ.get("OMNIC", "omnic")
        tls = ["--tls-cert", own[0], "--tls-key", own[1]] if own else ["--tls-ca", self.ca]
        options = ["--port", "0", "--format", "json", "--clock", "manual", *tls, *more]
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

    def serve(self, *more, own=None):
        server = Server(self.folder, *more, own=own)
        self.addCleanup(server.end)
        self.addCleanup(os.environ.pop, "REQUESTS_CA_BUNDLE", None)
        os.environ["REQUESTS_CA_BUNDLE"] = server.ca
        return server
