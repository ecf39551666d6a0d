// Ways to a session, each as jsforce or a plain client goes it.
import assert from "node:assert/strict";
import { test } from "node:test";
import jsforce from "jsforce";
import { rep, serve } from "./harness/server.js";

test("SOAP login: jsforce gets a session, an address and who it is", async (t) => {
  const server = await serve(t);
  const connection = new jsforce.Connection({ loginUrl: server.url });
  const info = await connection.login(rep("ana"), server.password);
  assert.equal(info.id, await server.id("User", `Username = '${rep("ana")}'`));
  assert.equal(info.organizationId, server.organizationId);
  assert.equal(connection.instanceUrl, server.url);
  assert.equal((await connection.identity()).username, rep("ana"));
});

test("SOAP login: a wrong password is refused", async (t) => {
  const server = await serve(t);
  const connection = new jsforce.Connection({ loginUrl: server.url });
  await assert.rejects(connection.login(rep("ana"), "wrong"), /INVALID_LOGIN/);
  await assert.rejects(connection.login(rep("nobody"), server.password), /INVALID_LOGIN/);
});

test("SOAP login: API 64 is the last version that has it", async (t) => {
  const server = await serve(t);
  const login = (version) =>
    new jsforce.Connection({ loginUrl: server.url, version }).login(rep("ana"), server.password);
  await login("64.0");
  await assert.rejects(login("65.0"), /UNSUPPORTED_API_VERSION/);
});

test("SOAP logout: the session ends", async (t) => {
  const server = await serve(t);
  const connection = new jsforce.Connection({ loginUrl: server.url });
  await connection.login(rep("ana"), server.password);
  const token = connection.accessToken;
  await connection.logout();
  const stale = new jsforce.Connection({ instanceUrl: server.url, accessToken: token });
  await assert.rejects(stale.query("SELECT Id FROM User"), { errorCode: "INVALID_SESSION_ID" });
});

const oauth2 = (server) => ({ loginUrl: server.url, clientId: "adapter", clientSecret: "secret" });

test("OAuth login: user name and password", async (t) => {
  const server = await serve(t);
  const connection = new jsforce.Connection({ oauth2: oauth2(server) });
  await connection.login(rep("ben"), server.password);
  assert.equal((await connection.identity()).username, rep("ben"));
  await assert.rejects(connection.login(rep("ben"), "wrong"), { name: "invalid_grant" });
});

test("OAuth login: client credentials", async (t) => {
  const server = await serve(t);
  const credentials = { ...oauth2(server), clientSecret: server.password };
  const connection = new jsforce.Connection({ instanceUrl: server.url, oauth2: credentials });
  await connection.authorize({ grant_type: "client_credentials" });
  assert.match((await connection.identity()).organization_id, /^00D/);
});

test("OAuth: a grant that is not served is refused by name", async (t) => {
  const server = await serve(t);
  const byCode = new jsforce.OAuth2({ ...oauth2(server), redirectUri: "http://localhost/" }).requestToken("1234");
  await assert.rejects(byCode, { name: "unsupported_grant_type", message: /authorization_code/ });
});

test("OAuth revoke: the session ends", async (t) => {
  const server = await serve(t);
  const connection = new jsforce.Connection({ oauth2: oauth2(server) });
  await connection.login(rep("ben"), server.password);
  const token = connection.accessToken;
  await connection.logout();
  const stale = new jsforce.Connection({ instanceUrl: server.url, accessToken: token });
  await assert.rejects(stale.query("SELECT Id FROM User"), { errorCode: "INVALID_SESSION_ID" });
});

test("Bearer token: `Bearer`, `OAuth` and the token alone", async (t) => {
  const server = await serve(t);
  for (const Authorization of [`Bearer ${server.accessToken}`, `OAuth ${server.accessToken}`, server.accessToken]) {
    const answer = await fetch(`${server.url}/services/oauth2/userinfo`, { headers: { Authorization } });
    assert.equal(answer.status, 200);
    assert.equal((await answer.json()).organization_id, server.organizationId);
  }
  const wrong = { Authorization: "Bearer wrong" };
  const answer = await fetch(`${server.url}/services/data/v60.0/limits`, { headers: wrong });
  assert.equal(answer.status, 401);
  assert.equal((await answer.json())[0].errorCode, "INVALID_SESSION_ID");
});

test("Expired session: jsforce logs in again and repeats the request", async (t) => {
  const server = await serve(t);
  const connection = new jsforce.Connection({ loginUrl: server.url });
  await connection.login(rep("ana"), server.password);
  const token = connection.accessToken;
  await server.fault({ now: "expireSessions" });
  assert.equal((await connection.query("SELECT Id FROM User")).totalSize > 0, true);
  assert.notEqual(connection.accessToken, token);
});

test("Only the printed token controls the server", async (t) => {
  const server = await serve(t);
  const connection = new jsforce.Connection({ loginUrl: server.url });
  await connection.login(rep("ana"), server.password);
  const headers = { Authorization: `Bearer ${connection.accessToken}` };
  assert.equal((await fetch(`${server.url}/omnic/v1/state`, { headers })).status, 403);
  assert.ok(await server.send("GET", "/omnic/v1/state"));
});
