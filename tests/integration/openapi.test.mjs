// The description of the API: it is made of what the server is made of, it is whole, and the server tells it.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import Ajv from "ajv/dist/2020.js";
import { describe as describe_api, places } from "../openapi/description.mjs";
import { assert_described, description } from "./conformity.mjs";
import { open_small_shop, run } from "./shop.mjs";

const operations = Object.entries(description.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ route: `${method.toUpperCase()} ${path}`, operation })),
);

/** Every $ref in it. */
function refs(part) {
  if (typeof part !== "object" || part === null) return [];
  return Object.entries(part).flatMap(([key, value]) => (key === "$ref" ? [value] : refs(value)));
}

test("what is committed is what the operations and the field lists make: node tests/openapi/make.mjs", () => {
  const made = describe_api();
  for (const [which, place] of Object.entries(places)) {
    assert.ok(readFileSync(place, "utf8") === made[which], `${place} is old: run node tests/openapi/make.mjs`);
  }
});

test("the routes of the server are the operations of the description, for the same people", () => {
  const described = operations.map(({ route, operation }) => `${route} ${operation["x-access"]}`);
  const served = run(["routes"]).stdout.trim().split("\n");
  assert.deepEqual(described.toSorted(), served.toSorted());
});

test("nothing is referred to that is not there, and no name stands for two operations", () => {
  for (const ref of refs(description)) {
    const found = ref.slice(2).split("/").reduce((at, name) => at?.[name], description);
    assert.ok(found, `${ref} is not there`);
  }
  const ids = operations.map(({ operation }) => operation.operationId);
  assert.equal(new Set(ids).size, ids.length);
});

test("every schema is one, and every example is as its schema says", () => {
  const ajv = new Ajv({ strict: false, allErrors: true });
  const api = (part) => JSON.parse(JSON.stringify(part).replaceAll('"#/', '"api#/'));
  ajv.addSchema(api({ $id: "api", components: description.components }));
  for (const name of Object.keys(description.components.schemas)) {
    assert.ok(ajv.getSchema(`api#/components/schemas/${name}`), name);
  }
  for (const { route, operation } of operations) {
    for (const { schema, example } of Object.values(operation.requestBody?.content ?? {})) {
      if (example === undefined) continue;
      const validate = ajv.compile(api(schema));
      assert.ok(validate(example), `${route}: ${ajv.errorsText(validate.errors)}`);
    }
  }
});

test("the server tells the description at /openapi.json", async (t) => {
  const shop = await open_small_shop();
  t.after(() => shop.process.kill("SIGKILL"));
  const answer = await shop.client().get("/openapi.json");
  assert.equal(answer.status, 200, answer.text);
  assert.deepEqual(answer.body, description);
  await shop.close();
});

test("what is not as described fails: an unknown route, a status, a code, a key, a header, a body that was taken", () => {
  const headers = new Headers({ "content-type": "application/json", "x-request-id": "a", etag: '"1"' });
  const problem = new Headers({ "content-type": "application/problem+json", "x-request-id": "a" });
  const balance = { balance: 1, receivable: 0, charge_max: 2, balance_max: 3, bank_account: "" };
  const refusal = { type: "about:blank", title: "t", status: 401, code: "unauthenticated" };
  const at = (target, status, body, { got = headers, method = "GET", sent } = {}) => () =>
    assert_described(
      { method, target, headers: new Headers(), body: sent && JSON.stringify(sent) },
      { status, headers: got, text: JSON.stringify(body) },
    );
  const bearer = new Headers([...problem, ["www-authenticate", "Bearer"]]);
  at("/api/v1/me/balance", 200, balance)();
  at("/api/v1/me/balance", 401, refusal, { got: bearer })();
  assert.throws(at("/api/v1/me/wealth", 200, balance), /no such operation/);
  assert.throws(at("/api/v1/me/balance", 299, balance), /media type/);
  assert.throws(at("/api/v1/me/balance", 401, { ...refusal, code: "forbidden" }, { got: bearer }), /allowed values/);
  assert.throws(at("/api/v1/me/balance", 200, { ...balance, more: 1 }), /additional properties/);
  assert.throws(at("/api/v1/me/balance", 200, { balance: 1 }), /charge_max/);
  assert.throws(at("/api/v1/me/balance", 200, balance, { got: problem }), /etag.*missing/i);
  assert.throws(at("/api/v1/me/balance?more=1", 200, balance), /not described/);
  const quoted = { method: "POST", sent: { lines: [{ variant_id: 1 }] } };
  assert.throws(at("/api/v1/quotes", 200, null, quoted), /body is not as described/);
});
