// `choice: best` of the native core against the twin's brute force, over NDJSON.
import { test } from "node:test";
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { quote, without_fingerprint } from "./oracle.mjs";
import { make_generator } from "./generate.mjs";

const binary = process.env.CARTWRIGHT_BINARY ?? "build/release/cartwright";
const count = Number(process.env.PRICING_BEST_COUNT ?? 2000);
const seed = Number(process.env.PRICING_SEED ?? 20260103);

test(`the native best and the twin's agree on ${count} generated requests, seed ${seed}`, () => {
  const generator = make_generator(seed);
  const texts = Array.from({ length: count }, (_, i) =>
    generator.next_request({ kind: i % 2 === 0 ? "best_small" : "best_twins" }).replaceAll("\n", " "),
  );
  const run = spawnSync(binary, ["quote"], { input: texts.join("\n") + "\n", maxBuffer: 1 << 30 });
  assert.equal(run.status, 0, String(run.stderr));
  const answers = run.stdout.toString().trimEnd().split("\n");
  assert.equal(answers.length, texts.length);
  texts.forEach((text, i) => {
    assert.equal(without_fingerprint(answers[i]), without_fingerprint(quote(text)), text);
  });
});
