// REST through jsforce: records, queries, descriptions, many records at once.
import assert from "node:assert/strict";
import { test } from "node:test";
import { connect } from "./harness/jsforce.js";
import { serve } from "./harness/server.js";

test("CRUD: create, retrieve, update, delete", async (t) => {
  const connection = connect(await serve(t));
  const cases = connection.sobject("Case");
  const { id, success } = await cases.create({ Subject: "Broken", Priority: "High" });
  assert.ok(success);
  assert.match(id, /^500[0-9A-Za-z]{15}$/);
  const made = await cases.retrieve(id);
  assert.deepEqual([made.Subject, made.Priority, made.attributes.type], ["Broken", "High", "Case"]);
  assert.ok((await cases.update({ Id: id, Subject: "Mended" })).success);
  assert.equal((await cases.retrieve(id.slice(0, 15))).Subject, "Mended", "15 characters will do");
  assert.ok((await cases.destroy(id)).success);
  await assert.rejects(cases.retrieve(id), { errorCode: "ENTITY_IS_DELETED" });
  await assert.rejects(cases.destroy(id), { errorCode: "ENTITY_IS_DELETED" });
});

test("CRUD: errors have Salesforce's codes", async (t) => {
  const connection = connect(await serve(t));
  await assert.rejects(connection.sobject("Nothing").create({}), { errorCode: "NOT_FOUND" });
  await assert.rejects(connection.sobject("AgentWork").create({ Nothing: 1 }), { errorCode: "INVALID_FIELD" });
  await assert.rejects(connection.sobject("Case").create({ OwnerId: "x" }), { errorCode: "MALFORMED_ID" });
  await assert.rejects(connection.sobject("Case").retrieve("500000000000000AAA"), { errorCode: "NOT_FOUND" });
  await assert.rejects(connection.sobject("UserServicePresence").create({}), {
    errorCode: "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY",
  });
  await assert.rejects(connection.sobject("AgentWork").create({}), { errorCode: "REQUIRED_FIELD_MISSING" });
});

test("Upsert: by an external id, creates and then updates", async (t) => {
  const connection = connect(await serve(t));
  const cases = connection.sobject("Case");
  const first = await cases.upsert({ Ticket__c: "T-1", Subject: "one" }, "Ticket__c");
  assert.ok(first.success);
  const second = await cases.upsert({ Ticket__c: "T-1", Subject: "two" }, "Ticket__c");
  assert.ok(second.success);
  const found = await cases.find({ Ticket__c: "T-1" }, ["Id", "Subject"]);
  assert.deepEqual(found.map(({ Id, Subject }) => [Id, Subject]), [[first.id, "two"]]);
});

test("Query with paging: nextRecordsUrl leads through all records", async (t) => {
  const server = await serve(t);
  const connection = connect(server);
  const many = Array.from({ length: 200 }, (_, number) => ({ Subject: `case ${number}` }));
  for (let round = 0; round < 12; round += 1) await connection.sobject("Case").create(many);
  const first = await connection.query("SELECT Id, Subject FROM Case ORDER BY Id");
  assert.deepEqual([first.totalSize, first.done, first.records.length], [2400, false, 2000]);
  const second = await connection.queryMore(first.nextRecordsUrl);
  assert.deepEqual([second.totalSize, second.done, second.records.length], [2400, true, 400]);
  assert.equal(new Set([...first.records, ...second.records].map(({ Id }) => Id)).size, 2400);
  const all = await connection.query("SELECT Id FROM Case").execute({ autoFetch: true, maxFetch: 5000 });
  assert.equal(all.records.length, 2400);
});

test("Query: relationships, aggregates, errors with their place", async (t) => {
  const server = await serve(t);
  const connection = connect(server);
  await server.online("ana", "ben");
  await server.chat();
  const { records } = await connection.query(
    "SELECT User.Username, ServicePresenceStatus.DeveloperName FROM UserServicePresence " +
      "WHERE IsCurrentState = true ORDER BY User.Username",
  );
  assert.deepEqual(
    records.map((record) => [record.User.Username, record.ServicePresenceStatus.DeveloperName]),
    [["ana@chats.example", "Available"], ["ben@chats.example", "Available"]],
  );
  const counted = await connection.query(
    "SELECT RoutingModel, COUNT(Id) n FROM PendingServiceRouting GROUP BY RoutingModel",
  );
  assert.deepEqual([counted.records[0].RoutingModel, counted.records[0].n], ["ExternalRouting", 1]);
  assert.equal((await connection.query("SELECT COUNT() FROM UserServicePresence")).totalSize, 2);
  await assert.rejects(connection.query("SELECT Nothing FROM Case"), {
    errorCode: "INVALID_FIELD",
    message: /ERROR at Row:1:Column:8/,
  });
  await assert.rejects(connection.query("SELECT Id FROM"), { errorCode: "MALFORMED_QUERY" });
});

test("Describe: the guide's fields of AgentWork with their properties", async (t) => {
  const connection = connect(await serve(t));
  const names = (await connection.describeGlobal()).sobjects.map(({ name }) => name);
  for (const name of ["AgentWork", "PendingServiceRouting", "UserServicePresence", "QueueRoutingConfig"])
    assert.ok(names.includes(name), name);
  const work = await connection.sobject("AgentWork").describe();
  assert.equal(work.keyPrefix, "0Bz");
  const field = (name) => work.fields.find((one) => one.name === name);
  const user = field("UserId");
  const { type, createable, updateable, referenceTo } = user;
  assert.deepEqual({ type, createable, updateable, referenceTo }, {
    type: "reference",
    createable: true,
    updateable: false,
    referenceTo: ["User"],
  });
  const statuses = field("Status").picklistValues.map(({ value }) => value).sort();
  assert.deepEqual(statuses, [
    "Assigned", "Canceled", "Closed", "Declined", "DeclinedOnPushTimeout", "Opened", "Transferred", "Unavailable",
  ]);
});

test("Composite: many records in one request, with and without allOrNone", async (t) => {
  const connection = connect(await serve(t));
  const cases = connection.sobject("Case");
  const made = await cases.create([{ Subject: "a" }, { Subject: "b" }]);
  assert.deepEqual(made.map(({ success }) => success), [true, true]);
  const mixed = await cases.create([{ Subject: "c" }, { OwnerId: "x" }], { allOrNone: false });
  assert.deepEqual(mixed.map(({ success }) => success), [true, false]);
  const none = await cases.create([{ Subject: "d" }, { OwnerId: "x" }], { allOrNone: true }).catch((error) => error);
  assert.ok(none instanceof Error || none.every(({ success }) => !success));
  assert.equal((await connection.query("SELECT COUNT() FROM Case")).totalSize, 3);
  const ids = made.map(({ id }) => id);
  const changed = await cases.update(ids.map((Id) => ({ Id, Subject: "z" })));
  assert.deepEqual(changed.map(({ success }) => success), [true, true]);
  assert.equal((await connection.query("SELECT COUNT() FROM Case WHERE Subject = 'z'")).totalSize, 2);
  const gone = await cases.destroy(ids);
  assert.deepEqual(gone.map(({ success }) => success), [true, true]);
});

test("What is not served is refused by name", async (t) => {
  const connection = connect(await serve(t));
  await assert.rejects(connection.request("/tooling/sobjects/ApexClass"), /Tooling API object `ApexClass`/);
  await assert.rejects(connection.sobject("AgentWork").layouts(), /layout/i);
  await assert.rejects(connection.search("FIND {x}"), /search/);
});
