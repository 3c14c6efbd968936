// What the README says is true: its commands are run as they stand there.
import { test } from "node:test";
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { binary } from "./shop.mjs";

const readme = readFileSync("README.md", "utf8");
const blocks = [...readme.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, block]) => block);
const shell = (script) =>
  spawnSync("bash", ["-euc", script.replaceAll("build/release/cartwright", binary)], { encoding: "utf8" });

test("the README's cart costs what the README says, before and after its one change", () => {
  const [price] = blocks;
  assert.equal(JSON.parse(shell(price).stdout).total, 52000);
  const changed = price.replace('"max_discount":5000', '"max_discount":4000');
  assert.notEqual(changed, price);
  assert.equal(JSON.parse(shell(changed).stdout).total, 50000);
});

test("every command that the README names has a help page with the options used there", () => {
  const lines = readme.match(/^build\/release\/cartwright .*$/gm);
  assert.ok(lines.length >= 4);
  for (const line of lines) {
    const words = line.split("#")[0].trim().split(/\s+/).slice(1);
    const command = words.slice(0, words[0] === "admin" ? 2 : 1);
    const help = spawnSync(binary, [...command, "--help"], { encoding: "utf8" });
    assert.equal(help.status, 0, line);
    for (const option of words.filter((word) => word.startsWith("--"))) assert.ok(help.stdout.includes(option), line);
  }
});
