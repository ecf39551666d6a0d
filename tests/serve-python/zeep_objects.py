"""The calls that the Set Up Omni-Channel Developer Guide lists, object by object, through zeep.

The list is tests/fixtures/objects/guide-calls.tsv. What each call comes to is written in the tables below: it works, or it
is refused with a code. Run it with `python -m unittest zeep_objects`.
"""

import csv
import unittest
from datetime import datetime, timedelta, timezone
from pathlib import Path

from zeep_server import Server, fields

CALLS = Path(__file__).resolve().parents[1] / "fixtures" / "objects" / "guide-calls.tsv"

# The guide's slip: the object is called QueueSobject.
NAMES = {"QueueSubject": "QueueSobject"}

# Objects that the project defines: writes are refused, and the message says where to change them.
DEFINED = "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY"
# An object that comes from profiles, whose writes are refused by name.
UNSERVED = "PresenceUserConfigProfile"
# Layouts and searches are not calls of this WSDL.
ABSENT = {"describeLayout", "search"}
READS = {"describeSObjects", "query", "retrieve", "getUpdated", "getDeleted"}

# Objects whose records a client writes, with what their writes come to. Other objects come from the project.
WRITTEN = {
    "AgentWork": {"create", "delete", "undelete"},
    "AgentWorkSkill": {"delete", "undelete"},
    "PendingServiceRouting": {"create", "update", "upsert", "delete"},
    "PresenceUserConfigUser": {"create"},
    "ServiceResource": {"create", "update", "upsert"},
    "SkillRequirement": {"create", "update", "upsert", "delete"},
    "UserServicePresence": {"delete", "undelete"},
}

# Writes of those objects that the guide lists and that are refused, with their codes.
REFUSED = {
    # An org has no field of it that a client may change.
    ("AgentWork", "update"): "INVALID_FIELD_FOR_INSERT_UPDATE",
    ("AgentWork", "upsert"): "INVALID_FIELD_FOR_INSERT_UPDATE",
    # A request that was answered or deleted is gone.
    ("PendingServiceRouting", "undelete"): "UNDELETE_FAILED",
    # A user keeps a presence configuration until another one is assigned.
    ("PresenceUserConfigUser", "delete"): None,
    ("PresenceUserConfigUser", "update"): None,
}


def guide():
    with open(CALLS, newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            yield NAMES.get(row["object"], row["object"]), [call.strip() for call in row["calls"].split(",")]


class Guide(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server()
        cls.times = (datetime(2020, 1, 1, tzinfo=timezone.utc), datetime(2040, 1, 1, tzinfo=timezone.utc))
        cls.fill()

    @classmethod
    def tearDownClass(cls):
        cls.server.end()

    @classmethod
    def fill(cls):
        """Something of each object of routing: work that was routed by skills and closed, a presence that has ended."""
        server = cls.server
        rep = "maria.keller@acme.example"
        server.happen({"event": "login", "user": rep, "statusId": "Available_Cases"})
        server.happen({"event": "logout", "user": rep})

    def saved(self, results):
        for result in results:
            self.assertTrue(result.success, result.errors)
        return [result.id for result in results]

    def test_every_object_is_described_queried_and_retrieved(self):
        for name, calls in guide():
            for call in READS.intersection(calls):
                with self.subTest(object=name, call=call):
                    self.read(name, call)

    def read(self, name, call):
        server = self.server
        if call == "describeSObjects":
            (described,) = server.call("describeSObjects", [name])
            self.assertEqual((described.name, len(described.keyPrefix)), (name, 3))
            self.assertIn("Id", [field.name for field in described.fields])
        elif call == "query":
            server.query(f"SELECT Id FROM {name}")
        elif call == "retrieve":
            ids = [record["Id"] for record in server.query(f"SELECT Id FROM {name} LIMIT 3")]
            found = server.call("retrieve", "Id", name, ids or ["000000000000000AAA"])
            self.assertEqual([record and record.Id for record in found], ids or [None])
        else:
            answer = server.call(call, name, *self.times)
            self.assertIsNotNone(answer.latestDateCovered)

    def test_what_the_project_defines_is_not_written(self):
        for name, calls in guide():
            if name in WRITTEN or name == UNSERVED:
                continue
            for call in {"create", "update", "upsert", "delete"}.intersection(calls):
                with self.subTest(object=name, call=call):
                    found = self.server.query(f"SELECT Id FROM {name} LIMIT 1")
                    some = found[0]["Id"] if found else None
                    if call != "create" and not some:
                        continue
                    (result,) = self.write(name, call, some, {})
                    self.assertFalse(result.success)
                    self.assertEqual(result.errors[0].statusCode, DEFINED, result.errors)

    def test_what_is_not_served_is_refused_by_name(self):
        server = self.server
        config = server.query("SELECT Id FROM PresenceUserConfig LIMIT 1")[0]["Id"]
        values = {"PresenceUserConfigId": config, "ProfileId": server.query("SELECT Id FROM Profile LIMIT 1")[0]["Id"]}
        (result,) = self.write(UNSERVED, "create", None, values)
        self.assertEqual(result.errors[0].statusCode, "NOT_SUPPORTED_BY_OMNIC", result.errors)

    def write(self, name, call, record_id, values):
        server = self.server
        if call in ("delete", "undelete"):
            return server.call(call, [record_id])
        if call == "create":
            return server.call(call, [server.record(name, **values)])
        record = server.record(name, Id=record_id, **values)
        return server.call("upsert", "Id", [record]) if call == "upsert" else server.call(call, [record])

    def test_each_write_of_the_guide_has_its_row(self):
        for name, calls in guide():
            writes = set(calls) - READS - ABSENT
            if name in WRITTEN:
                refused = {call for of, call in REFUSED if of == name}
                self.assertEqual(writes, WRITTEN[name] | refused, name)

    def test_external_routing(self):
        server = self.server
        server.happen({"event": "login", "user": "claire.dubois@acme.example", "statusId": "Available_Cases"})
        queue = server.id("SELECT Id FROM Group WHERE Type = 'Queue' AND DeveloperName = 'Partner_Repairs'")
        (case,) = self.saved(server.call("create", [server.record("Case", OwnerId=queue, Subject="a < b")]))
        soql = f"SELECT Id, ServiceChannelId, IsPushed FROM PendingServiceRouting WHERE WorkItemId = '{case}'"
        (request,) = server.query(soql)
        self.assertEqual(request["IsPushed"], "false")
        work = server.record(
            "AgentWork",
            ServiceChannelId=request["ServiceChannelId"],
            WorkItemId=case,
            UserId=server.id("SELECT Id FROM User WHERE Username = 'claire.dubois@acme.example'"),
            PendingServiceRoutingId=request["Id"],
        )
        (work_id,) = self.saved(server.call("create", [work]))
        (again,) = server.call("create", [work])
        self.assertEqual(again.errors[0].statusCode, "FIELD_INTEGRITY_EXCEPTION")
        for call in ("update", "upsert"):
            (result,) = self.write("AgentWork", call, work_id, {"Status": "Opened"})
            self.assertEqual(result.errors[0].statusCode, REFUSED["AgentWork", call])
        server.happen({"event": "declineAgentWork", "workId": case, "user": "claire.dubois@acme.example"})
        self.saved(self.write("AgentWork", "delete", work_id, {}))
        self.assertEqual(server.query(f"SELECT Id FROM AgentWork WHERE WorkItemId = '{case}'"), [])
        deleted = server.call("getDeleted", "AgentWork", *self.times).deletedRecords
        self.assertIn(work_id, [record.id for record in deleted])
        self.saved(self.write("AgentWork", "undelete", work_id, {}))
        self.assertEqual(len(server.query(f"SELECT Id FROM AgentWork WHERE WorkItemId = '{case}'")), 1)

    def test_skills_based_routing(self):
        server = self.server
        (case,) = self.saved(server.call("create", [server.record("Case", Status="New")]))
        request = {
            "WorkItemId": case,
            "ServiceChannelId": server.id("SELECT Id FROM ServiceChannel WHERE DeveloperName = 'Cases'"),
            "RoutingType": "SkillsBased",
            "RoutingModel": "LeastActive",
            "CapacityWeight": 1,
            "RoutingPriority": 1,
            "IsReadyForRouting": False,
        }
        (request_id,) = self.saved(self.write("PendingServiceRouting", "create", None, request))
        german = server.id("SELECT Id FROM Skill WHERE DeveloperName = 'German'")
        need = {"RelatedRecordId": request_id, "SkillId": german, "SkillLevel": 2}
        (need_id,) = self.saved(self.write("SkillRequirement", "create", None, need))
        self.saved(self.write("SkillRequirement", "update", need_id, {"SkillLevel": 3}))
        (result,) = self.write("SkillRequirement", "upsert", need_id, {"SkillLevel": 1})
        self.assertEqual((result.success, result.created), (True, False))
        self.saved(self.write("PendingServiceRouting", "update", request_id, {"RoutingPriority": 2}))
        self.saved(self.write("PendingServiceRouting", "upsert", request_id, {"RoutingPriority": 3}))
        self.saved(self.write("SkillRequirement", "delete", need_id, {}))
        self.saved(self.write("PendingServiceRouting", "delete", request_id, {}))
        (result,) = self.write("PendingServiceRouting", "undelete", request_id, {})
        self.assertEqual(result.errors[0].statusCode, REFUSED["PendingServiceRouting", "undelete"])

    def test_skills_of_work(self):
        server = self.server
        found = server.query("SELECT Id FROM AgentWorkSkill LIMIT 1")
        if not found:
            self.skill_work()
            found = server.query("SELECT Id FROM AgentWorkSkill LIMIT 1")
        skill = found[0]["Id"]
        self.saved(self.write("AgentWorkSkill", "delete", skill, {}))
        self.saved(self.write("AgentWorkSkill", "undelete", skill, {}))

    def skill_work(self):
        """Work that asks for a skill, and a rep who has it."""
        server = self.server
        (case,) = self.saved(server.call("create", [server.record("Case", Status="New")]))
        request = {
            "WorkItemId": case,
            "ServiceChannelId": server.id("SELECT Id FROM ServiceChannel WHERE DeveloperName = 'Cases'"),
            "RoutingType": "SkillsBased",
            "RoutingModel": "LeastActive",
            "CapacityWeight": 1,
            "RoutingPriority": 1,
            "IsReadyForRouting": False,
        }
        (request_id,) = self.saved(self.write("PendingServiceRouting", "create", None, request))
        soql = "SELECT Id, SkillId FROM ServiceResourceSkill LIMIT 1"
        held = server.call("query", soql).records[0]
        skill = fields(held)["SkillId"]
        resource = server.call("query", f"SELECT ServiceResourceId FROM ServiceResourceSkill WHERE SkillId = '{skill}' LIMIT 1")
        resource = fields(resource.records[0])["ServiceResourceId"]
        user = fields(server.call("query", f"SELECT RelatedRecordId FROM ServiceResource WHERE Id = '{resource}'").records[0])
        need = {"RelatedRecordId": request_id, "SkillId": skill, "SkillLevel": 0}
        self.saved(self.write("SkillRequirement", "create", None, need))
        server.happen({"event": "login", "user": user["RelatedRecordId"], "statusId": "Available_Cases"})
        self.saved(self.write("PendingServiceRouting", "update", request_id, {"IsReadyForRouting": True}))

    def test_presence(self):
        server = self.server
        ended = server.id("SELECT Id FROM UserServicePresence WHERE IsCurrentState = false")
        self.saved(self.write("UserServicePresence", "delete", ended, {}))
        self.saved(self.write("UserServicePresence", "undelete", ended, {}))

    def test_resources(self):
        server = self.server
        user = server.id("SELECT Id FROM User WHERE Username = 'admin@omnic.example'")
        values = {"Name": "Ada", "RelatedRecordId": user, "ResourceType": "A", "IsActive": True}
        (resource,) = self.saved(self.write("ServiceResource", "create", None, values))
        for call in ("update", "upsert"):
            self.saved(self.write("ServiceResource", call, resource, {"IsActive": True}))
        config = server.query("SELECT Id FROM PresenceUserConfig LIMIT 1")[0]["Id"]
        values = {"PresenceUserConfigId": config, "UserId": user}
        (own,) = self.saved(self.write("PresenceUserConfigUser", "create", None, values))
        for call in ("delete", "update"):
            (result,) = self.write("PresenceUserConfigUser", call, own, {"UserId": user} if call == "update" else {})
            self.assertFalse(result.success, call)


class Calls(unittest.TestCase):
    def setUp(self):
        self.server = Server()
        self.addCleanup(self.server.end)

    def test_a_session_begins_and_ends(self):
        server = self.server
        result = server.service.login("maria.keller@acme.example", server.password)
        self.assertTrue(result.serverUrl.startswith(f"{server.url}/services/Soap/u/60.0/00D"))
        server.session = result.sessionId
        self.assertEqual(server.call("getUserInfo").userName, "maria.keller@acme.example")
        self.assertEqual(server.call("getUserInfo").userId, result.userId)
        server.call("logout")
        with self.assertRaisesRegex(Exception, "INVALID_SESSION_ID"):
            server.call("getServerTimestamp")

    def test_pages_of_a_query(self):
        server = self.server
        for start in (0, 200):
            records = [server.record("Account", Name=str(number)) for number in range(start, start + 200)]
            self.assertTrue(all(result.success for result in server.call("create", records)))
        page = server.call("query", "SELECT Id, Name FROM Account", QueryOptions={"batchSize": 250})
        self.assertEqual((page.size, page.done, len(page.records)), (400, False, 250))
        rest = server.call("queryMore", page.queryLocator)
        self.assertEqual((rest.done, len(rest.records)), (True, 150))
        names = [fields(record)["Name"] for record in page.records + rest.records]
        self.assertEqual(sorted(names, key=int), [str(number) for number in range(400)])

    def test_all_or_none_and_fields_to_null(self):
        server = self.server
        good, bad = server.record("Case", Subject="a"), server.record("Case", OwnerId="bad")
        results = server.call("create", [good, bad], AllOrNoneHeader={"allOrNone": True})
        self.assertEqual([result.success for result in results], [False, False])
        self.assertEqual(server.query("SELECT Id FROM Case"), [])
        (made,) = server.call("create", [good])
        server.call("update", [server.record("Case", Id=made.id, null=["Subject"])])
        self.assertIsNone(server.query("SELECT Id, Subject FROM Case")[0]["Subject"])

    def test_changes(self):
        server = self.server
        before = server.call("getServerTimestamp")
        (made,) = server.call("create", [server.record("Case", Subject="a")])
        times = (before - timedelta(minutes=1), before + timedelta(minutes=1))
        self.assertEqual(server.call("getUpdated", "Case", *times).ids, [made.id])
        server.call("delete", [made.id])
        (deleted,) = server.call("getDeleted", "Case", *times).deletedRecords
        self.assertEqual(deleted.id, made.id)

    def test_faults_name_what_is_wrong(self):
        server = self.server
        for soql, code in (("SELECT", "MALFORMED_QUERY"), ("SELECT A FROM Case", "INVALID_FIELD"), ("SELECT Id FROM A", "INVALID_TYPE")):
            with self.subTest(soql=soql), self.assertRaisesRegex(Exception, code):
                server.call("query", soql)
        names = [described.name for described in server.call("describeGlobal").sobjects]
        self.assertIn("PendingServiceRouting", names)
        self.assertEqual(server.call("describeSObject", "AgentWork").keyPrefix, "0Bz")


if __name__ == "__main__":
    unittest.main()
