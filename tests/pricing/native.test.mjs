// The native core against the independent twin: the hand-made vectors, and generated requests by the thousand.
import { test } from "node:test";
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { quote, without_fingerprint } from "./oracle.mjs";
import { make_generator } from "./generate.mjs";

const binary = process.env.CARTWRIGHT_BINARY ?? "build/release/cartwright";
const count = Number(process.env.PRICING_COUNT ?? 10000);
const seed = Number(process.env.PRICING_SEED ?? 20260102);

/** One answer per line of text, by `cartwright quote`. */
function native(texts) {
  const input = texts.map((text) => text.replaceAll("\n", " ") + "\n").join("");
  const run = spawnSync(binary, ["quote"], { input, maxBuffer: 1 << 30 });
  assert.equal(run.status, 0, String(run.stderr));
  const answers = run.stdout.toString().split("\n");
  assert.equal(answers.pop(), "");
  assert.equal(answers.length, texts.length);
  return answers;
}

test("the native quote gives the answer of every hand-made vector", () => {
  const vectors = JSON.parse(readFileSync(new URL("./vectors.json", import.meta.url), "utf8"));
  const answers = native(vectors.map((vector) => vector.request));
  vectors.forEach((vector, i) => {
    assert.equal(without_fingerprint(answers[i]), vector.answer, vector.name);
  });
});

test(`the native quote and the twin agree on ${count} generated requests, seed ${seed}`, () => {
  const generator = make_generator(seed);
  const kinds = ["small", "picks", "uncounted", "adversarial", "spelling", "invalid", "malformed"];
  for (let done = 0; done < count; done += 1000) {
    const texts = Array.from({ length: Math.min(1000, count - done) }, (_, i) =>
      generator.next_request({ kind: kinds[i % kinds.length] }).replaceAll("\n", " "),
    );
    const answers = native(texts);
    texts.forEach((text, i) => {
      const expected = quote(text);
      assert.equal(without_fingerprint(answers[i]), without_fingerprint(expected), text);
    });
  }
});

test("the largest legal requests are priced the same", () => {
  const generator = make_generator(seed);
  const texts = Array.from({ length: 3 }, () => generator.next_request({ kind: "max" }).replaceAll("\n", " "));
  const answers = native(texts);
  texts.forEach((text, i) => {
    const expected = without_fingerprint(quote(text));
    assert.equal(without_fingerprint(answers[i]), expected, text.slice(0, 2000));
  });
});
