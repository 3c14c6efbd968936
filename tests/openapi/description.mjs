// The whole description of the REST API, made of server/api/operations.yaml and of what `print_types openapi` prints.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { stringify, parse } from "yaml";

const root = resolve(import.meta.dirname, "../..");
const binary = resolve(process.env.CARTWRIGHT_BINARY ?? join(root, "build/release/cartwright"));
const printer = resolve(process.env.CARTWRIGHT_PRINT_TYPES ?? join(dirname(binary), "print_types"));

export const places = {
  to_read: join(root, "docs/openapi.yaml"),
  to_serve: join(root, "server/api/openapi.json"),
};

const schema_ref = (name) => ({ $ref: `#/components/schemas/${name}` });
const header_refs = (names) => Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]));

/** {to_read, to_serve}: the texts of the two files. */
export function describe() {
  const source = parse(readFileSync(join(root, "server/api/operations.yaml"), "utf8"), { merge: true });
  const printed = JSON.parse(execFileSync(printer, ["openapi"], { encoding: "utf8", maxBuffer: 1 << 26 }));
  const document = new Description(source, printed).document();
  const head =
    "# Made by `node tests/openapi/make.mjs` from server/api/operations.yaml and the field lists. Don't edit.\n" +
    "# Served as /openapi.json; /docs shows it.\n";
  return {
    to_read: head + stringify(document, { lineWidth: 110, aliasDuplicateObjects: false, blockQuote: "literal" }),
    to_serve: JSON.stringify(document) + "\n",
  };
}

class Description {
  constructor(source, { schemas, problems }) {
    this.source = source;
    this.problems = problems;
    this.responses = {};
    this.shared_parameters = {};
    const { "Page<T>": page, ...plain } = schemas;
    this.page = page;
    this.schemas = { ...plain, ...source.components.schemas };
    for (const [where, schema] of Object.entries(source.corrections)) {
      const [struct, key] = where.split(".");
      assert.ok(this.schemas[struct].properties[key], `there is no ${where}`);
      this.schemas[struct].properties[key] = schema;
    }
  }

  document() {
    const { operations, components, shared_parameters, corrections, transport_problems, ...head } = this.source;
    Object.assign(this.responses, this.shared_answers());
    const paths = {};
    for (const [route, operation] of Object.entries(operations)) {
      const [method, path] = route.split(" ");
      (paths[path] ??= {})[method.toLowerCase()] = this.operation(method, path, operation);
    }
    const document = {
      ...head,
      paths,
      components: { ...components, parameters: this.shared_parameters, responses: this.responses, schemas: {} },
    };
    document.components.schemas = this.used_schemas(document);
    return document;
  }

  operation(method, path, op) {
    const parameters = this.parameters(path, op);
    return {
      operationId: op.id,
      tags: [op.tag],
      summary: op.does,
      ...(op.about ? { description: op.about } : {}),
      "x-access": op.access,
      security: op.access === "anyone" ? [{}, { bearer: [] }, { cookie: [] }] : [{ bearer: [] }, { cookie: [] }],
      ...(parameters.length > 0 ? { parameters } : {}),
      ...(op.body ? { requestBody: this.body(op) } : {}),
      responses: this.answers(method, path, op),
    };
  }

  parameters(path, op) {
    const made = [];
    const add = (where, name, { description, ...schema }, required) =>
      made.push({ name, in: where, ...(required ? { required } : {}), ...(description ? { description } : {}), schema });
    for (const [, name] of path.matchAll(/\{(\w+)\}/g)) add("path", name, { type: "string" }, true);
    for (const [name, schema] of Object.entries(op.query ?? {})) add("query", name, schema);
    for (const [name, schema] of Object.entries(op.headers ?? {})) add("header", name, schema);
    const share = (name) => made.push(this.shared("parameters", name, this.source.shared_parameters[name]));
    if (op.page) share("limit"), share("cursor");
    if (op.key) share(op.key === "required" ? "needed_key" : "welcome_key");
    if (op.if_match) share(op.if_match === "required" ? "needed_match" : "welcome_match");
    if (op.tagged) share("known_tag");
    return made;
  }

  /** A reference to what many operations have alike. */
  shared(kind, name, part) {
    (kind === "parameters" ? this.shared_parameters : this.responses)[name] ??= part;
    return { $ref: `#/components/${kind}/${name}` };
  }

  body(op) {
    if (op.body === "empty") {
      const schema = { type: "object", additionalProperties: false, maxProperties: 0 };
      return { required: false, content: { "application/json": { schema } } };
    }
    const schema = Array.isArray(op.body) ? { anyOf: op.body.map(schema_ref) } : this.schema(op.body);
    const example = op.example ? { example: op.example } : {};
    return { required: true, content: { [op.media ?? "application/json"]: { schema, ...example } } };
  }

  /** `Order`, `Page<Order>`, `Partial<Order>` (a merge patch: what is left out stays, null takes away), or a schema as it is. */
  schema(what) {
    if (typeof what !== "string") return what;
    const [, whole] = what.match(/^Partial<(\w+)>$/) ?? [];
    if (whole) {
      assert.ok(this.schemas[whole], `there is no schema ${whole}`);
      const or_null = ([key, { default: _, ...schema }]) => [key, { anyOf: [schema, { type: "null" }] }];
      const properties = Object.fromEntries(Object.entries(this.schemas[whole].properties).map(or_null));
      this.schemas[`Partial${whole}`] = { ...this.schemas[whole], required: [], properties };
      return schema_ref(`Partial${whole}`);
    }
    const [, element] = what.match(/^Page<(\w+)>$/) ?? [];
    if (!element) {
      assert.ok(this.schemas[what], `there is no schema ${what}`);
      return schema_ref(what);
    }
    const name = `${element}Page`;
    const items = { ...this.page.properties.items, items: this.schema(element) };
    this.schemas[name] = { ...this.page, properties: { ...this.page.properties, items } };
    return schema_ref(name);
  }

  answers(method, path, op) {
    const [status, what] = String(op.answer).split(" ");
    const limits = op.limited ? ["RateLimit", "RateLimit-Policy"] : [];
    const headers = ["X-Request-Id", ...(op.tagged ? ["ETag"] : []), ...(op.sets ?? []), ...limits];
    if (op.key) headers.push("Idempotency-Replayed");
    const answer = { description: { 201: "Made", 202: "Taken", 204: "Done" }[status] ?? "OK", headers: header_refs(headers) };
    if (what) answer.content = { [op.type ?? "application/json"]: { schema: this.schema(what) } };
    else if (op.type) answer.content = { [op.type]: op.type.endsWith("json") ? {} : { schema: { type: "string" } } };
    const all = { [status]: answer };
    if (op.also) {
      const [other, schema] = op.also.split(" ");
      const headers = header_refs(["X-Request-Id"]);
      all[other] = { description: "OK", headers, content: { "application/json": { schema: this.schema(schema) } } };
    }
    if (op.tagged) all["304"] = { $ref: "#/components/responses/NotModified" };
    Object.assign(all, this.refusals(method, path, op));
    if (op.plain_503) all["503"] = { description: "Why not", content: { "text/plain": { schema: { type: "string" } } } };
    all.default = { $ref: "#/components/responses/Unread" };
    return all;
  }

  refusals(method, path, op) {
    const codes = new Set(op.problems);
    const add = (...more) => more.forEach((code) => codes.add(code));
    const is_write = method !== "GET";
    add("internal", "overloaded", "storage_failed");
    if (is_write) add("outcome_unknown", "cross_origin_refused");
    if (op.access !== "anyone") add("unauthenticated");
    if (op.access === "admin") add("forbidden");
    if (/\{(?!name)/.test(path) || path === "/media/{name}") add("not_found");
    if (op.body) add("malformed_json", "payload_too_large", "unsupported_media_type", "invalid_request");
    if (op.query || op.page) add("invalid_request");
    if (op.key) add("invalid_request", "idempotency_key_reused", "idempotency_in_flight");
    if (op.key === "required") add("idempotency_key_required");
    if (op.if_match === "required") add("precondition_required");
    if (op.limited) add("rate_limited");

    const by_status = {};
    for (const code of codes) {
      assert.ok(this.problems[code], `${method} ${path}: there is no code ${code}`);
      (by_status[this.problems[code].status] ??= []).push(code);
    }
    return Object.fromEntries(
      Object.entries(by_status).map(([status, list]) => {
        const is_own = list.some((code) => op.problems?.includes(code));
        const made = this.refusal(status, list.sort());
        return [status, is_own ? made : this.shared("responses", [status, ...list].join("."), made)];
      }),
    );
  }

  refusal(status, codes) {
    const headers = ["X-Request-Id"];
    if (status === "429") headers.push("RateLimit", "RateLimit-Policy");
    if (status === "401") headers.push("WWW-Authenticate");
    if (["409", "429", "503"].includes(status)) headers.push("Retry-After");
    return {
      description: codes.map((code) => `\`${code}\`: ${this.problems[code].title}`).join("  \n"),
      headers: header_refs(headers),
      content: {
        "application/problem+json": {
          schema: { ...schema_ref("Problem"), properties: { status: { const: Number(status) }, code: { enum: codes } } },
        },
      },
    };
  }

  shared_answers() {
    const transport = Object.keys(this.source.transport_problems);
    return {
      NotModified: { description: "It is still what the ETag says", headers: header_refs(["X-Request-Id", "ETag"]) },
      Unread: {
        description: "What can't be read as a request is refused before any operation is asked",
        content: {
          "application/problem+json": { schema: { ...schema_ref("Problem"), properties: { code: { enum: transport } } } },
        },
      },
    };
  }

  /** Those that something refers to, directly or by others. */
  used_schemas(document) {
    const used = new Set();
    const visit = (part) => {
      for (const [, name] of JSON.stringify(part).matchAll(/#\/components\/schemas\/(\w+)/g)) {
        if (used.has(name)) continue;
        assert.ok(this.schemas[name], `there is no schema ${name}`);
        used.add(name);
        visit(this.schemas[name]);
      }
    };
    visit({ paths: document.paths, responses: document.components.responses });
    return Object.fromEntries([...used].sort().map((name) => [name, this.schemas[name]]));
  }
}
