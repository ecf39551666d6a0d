"""Starts `omnic serve` over the example for one test, and speaks the partner API with it by zeep.

OMNIC names the program; without it, `omnic` is looked for in the path.
"""

import json
import os
import subprocess
from pathlib import Path
from urllib.request import Request, urlopen

import zeep
from lxml import etree

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "acme-support"
SOBJECT = "urn:sobject.partner.soap.sforce.com"


class Server:
    """A server with a manual clock, and a client of its WSDL."""

    def __init__(self):
        program = os.environ.get("OMNIC", "omnic")
        options = ["--records", EXAMPLE / "org", "--port", "0", "--format", "json", "--clock", "manual"]
        self.process = subprocess.Popen([program, "serve", EXAMPLE, *options], stdout=subprocess.PIPE, text=True)
        greeting = json.loads(self.process.stdout.readline())
        self.url, self.token, self.password = greeting["url"], greeting["accessToken"], greeting["password"]
        self.client = zeep.Client(f"{self.url}/services/wsdl/partner")
        self.address = f"{self.url}/services/Soap/u/60.0"
        self.service = self.client.create_service("{urn:partner.soap.sforce.com}SoapBinding", self.address)
        self.session = self.token

    def end(self):
        self.process.terminate()
        self.process.wait(20)
        self.process.stdout.close()

    def call(self, name, *arguments, **headers):
        """A call of the partner API, with the session."""
        headers["SessionHeader"] = {"sessionId": self.session}
        return self.service[name](*arguments, _soapheaders=headers)

    def record(self, kind, null=(), **fields):
        """A record as zeep sends it: the fields are elements of any name."""
        record_id = fields.pop("Id", None)

        def element(name, value):
            made = etree.Element(f"{{{SOBJECT}}}{name}")
            made.text = str(value).lower() if isinstance(value, bool) else str(value)
            return made

        elements = [element(name, value) for name, value in fields.items()]
        sobject = self.client.get_type(f"{{{SOBJECT}}}sObject")
        return sobject(type=kind, Id=record_id, fieldsToNull=list(null), _value_1=elements)

    def query(self, soql):
        """The records of a query: each a dictionary of texts."""
        return [fields(record) for record in self.call("query", soql).records]

    def id(self, soql):
        """The id of the only record that a query finds."""
        (record,) = self.query(soql)
        return record["Id"]

    def control(self, path, body):
        """A request to the control interface."""
        request = Request(f"{self.url}/omnic/v1/{path}", json.dumps(body).encode())
        request.add_header("Authorization", f"Bearer {self.token}")
        with urlopen(request) as answer:
            return json.loads(answer.read() or "null")

    def happen(self, *events):
        """What consoles and customers do."""
        answer = self.control("events", list(events))
        assert answer["refused"] == 0, answer
        return answer["effects"]


def fields(record):
    """The fields of a record that a call answered."""
    found = {"Id": record.Id, "type": record.type}
    for element in record._value_1 or []:
        # A parent is a record of its own.
        if not etree.iselement(element):
            continue
        found[etree.QName(element).localname] = element.text
    return found
