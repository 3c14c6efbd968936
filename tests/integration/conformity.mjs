// Holds what passes between the tests and the server against the description of the API (docs/openapi.yaml): every
// answer, and the requests that were taken. A breach fails the test that caused it.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import Ajv from "ajv/dist/2020.js";

const file = new URL("../../server/api/openapi.json", import.meta.url);
export const description = JSON.parse(readFileSync(file, "utf8"));

const ajv = new Ajv({ strict: false, allErrors: true, logger: false });
ajv.addSchema({ $id: "api", components: description.components });
const validators = new Map();

function check(schema, value, where) {
  let validate = validators.get(schema);
  if (!validate) {
    validate = ajv.compile(
      JSON.parse(JSON.stringify(schema, (key, part) => (key === "$ref" ? part.replace("#/", "api#/") : part))),
    );
    validators.set(schema, validate);
  }
  if (validate(value)) return;
  const faults = validate.errors.map(({ instancePath, message, params }) => {
    return `${instancePath || "/"} ${message} ${JSON.stringify(params)}`;
  });
  assert.fail(`${where} is not as described: ${faults.join("; ")}\n${JSON.stringify(value).slice(0, 2000)}`);
}

const deref = (part) =>
  part?.$ref ? part.$ref.slice(2).split("/").reduce((at, name) => at[name], description) : part;

const unread = description.components.responses.Unread.content["application/problem+json"];
const unread_codes = unread.schema.properties.code.enum;

const patterns = Object.entries(description.paths).map(([path, operations]) => ({
  path,
  operations,
  pattern: new RegExp(`^${path.replace(/[.]/g, "\\.").replace(/\{\w+\}/g, "[^/]+")}$`),
}));
// What has no variable part comes first: /products/popular is not /products/{id}.
patterns.sort((a, b) => a.path.split("{").length - b.path.split("{").length);

/**
 * `sent`: {method, target, headers, body}; `answer`: {status, headers, text}. Throws where they are not as described.
 */
export function assert_described({ method, target, headers: sent_headers, body }, { status, headers, text }) {
  const [pathname, query = ""] = target.split(/\?(.*)/s);
  const path = patterns.find(({ pattern }) => pattern.test(pathname));
  const operation = path?.operations[(method === "HEAD" ? "GET" : method).toLowerCase()];
  const where = `${method} ${target}: ${status}`;
  const type = (headers.get("content-type") ?? "").split(";")[0];
  if (!operation) {
    // Not in the description, so it may not be there.
    const code = type === "application/problem+json" ? JSON.parse(text).code : "";
    const is_refused = ["not_found", "method_not_allowed", "cross_origin_refused", ...unread_codes].includes(code);
    assert.ok(is_refused || method === "OPTIONS", `${where} ${code}: no such operation is described`);
    return;
  }
  const answer = deref(operation.responses[status] ?? operation.responses.default);
  check_answer(answer, { method, type, headers, text, where });
  if (status >= 200 && status < 300) check_request(operation, { query, sent_headers, body, where });
}

function check_answer(answer, { method, type, headers, text, where }) {
  for (const [name, header] of Object.entries(answer.headers ?? {})) {
    const { required, schema } = deref(header);
    const value = headers.get(name);
    assert.ok(value !== null || !required, `${where}: the header ${name} is missing`);
    if (value !== null) check(schema, schema.type === "integer" ? Number(value) : value, `${where}, header ${name}`);
  }
  if (!answer.content) {
    assert.equal(text, "", `${where} has a body, which is not described`);
    return;
  }
  if (method === "HEAD") return;
  const described = answer.content[type] ?? answer.content[type.replace(/\/.*/, "/*")];
  assert.ok(described, `${where}: the media type ${type} is not described\n${text.slice(0, 500)}`);
  if (type.endsWith("json") && described.schema) check(described.schema, JSON.parse(text), `${where}, the body`);
}

function check_request(operation, { query, sent_headers, body, where }) {
  const given = new URLSearchParams(query);
  for (const parameter of (operation.parameters ?? []).map(deref)) {
    if (parameter.in === "path") continue;
    const value = parameter.in === "query" ? given.get(parameter.name) : sent_headers.get(parameter.name);
    if (parameter.in === "query") given.delete(parameter.name);
    assert.ok(value !== null || !parameter.required, `${where} was taken without ${parameter.name}`);
    const is_number = /integer/.test(JSON.stringify(deref(parameter.schema).type));
    if (value !== null) check(parameter.schema, is_number ? Number(value) : value, `${where}, ${parameter.name}`);
  }
  assert.deepEqual([...given.keys()], [], `${where}: taken with parameters that are not described`);
  const described = operation.requestBody;
  const is_empty = body === undefined || body.length === 0;
  assert.ok(!is_empty || !described?.required, `${where} was taken without a body`);
  if (is_empty || !described) return;
  const json = described.content["application/json"];
  if (json) check(json.schema, JSON.parse(Buffer.from(body).toString()), `${where}, the request`);
}
