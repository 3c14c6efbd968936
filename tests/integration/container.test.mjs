// The last stage of docs/operating/Containerfile, step by step in a bare Debian folder, as no container engine is here.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, it } from "node:test";

const root = resolve("build/container");
const sources = { "/src/build/release/cartwright": "build/release/cartwright", "/src/web/dist": "web/dist" };

function run(command, args) {
  const done = spawnSync(command, args, { encoding: "utf8", maxBuffer: 1 << 26 });
  assert.equal(done.status, 0, `${command} ${args.join(" ")}: ${done.stdout}${done.stderr}`);
}

/** The steps of the last stage: [["RUN", "apt-get …"], …]. */
function last_stage() {
  const text = readFileSync("docs/operating/Containerfile", "utf8");
  const steps = text.split("\n").filter((line) => /^[A-Z]+ /.test(line));
  return steps
    .slice(steps.findLastIndex((line) => line.startsWith("FROM ")) + 1)
    .map((line) => [line.split(" ", 1)[0], line.slice(line.indexOf(" ") + 1)]);
}

/** Debian as in the image, made once, with this machine's way to the packages. */
function make_root() {
  if (!existsSync(join(root, "ready"))) {
    rmSync(root, { recursive: true, force: true });
    run("debootstrap", ["--variant=minbase", "bookworm", root]);
    for (const path of ["/etc/apt", "/etc/resolv.conf", "/etc/ssl/certs"]) {
      if (existsSync(path)) cpSync(path, join(root, path), { recursive: true, dereference: true, force: true });
    }
    mkdirSync(join(root, "ready"));
  }
}

describe("the Containerfile", { skip: process.getuid() === 0 ? false : "needs root for chroot" }, () => {
  it("makes an image that serves the shop, its pages too, as a user who is not root", async () => {
    make_root();
    rmSync(join(root, "var/lib/cartwright/shop.db"), { force: true });
    const variables = {};
    let user = "root";
    for (const [step, rest] of last_stage()) {
      if (step === "RUN") run("chroot", [root, "sh", "-c", rest.replace("useradd", "id cartwright || useradd")]);
      if (step === "USER") user = rest;
      if (step === "ENV") for (const pair of rest.split(" ")) variables[pair.split("=")[0]] = pair.split("=")[1];
      if (step === "COPY") {
        const [, from, to] = rest.split(" ");
        rmSync(join(root, to), { recursive: true, force: true });
        cpSync(sources[from], join(root, to), { recursive: true });
      }
      if (step !== "CMD") continue;
      const command = JSON.parse(rest);
      const server = spawn("chroot", [`--userspec=${user}`, root, "env", ...command, "--port", "0"], {
        env: { PATH: "/usr/local/bin:/usr/sbin:/usr/bin:/bin", ...variables },
        stdio: ["ignore", "pipe", "inherit"],
      });
      const exited = new Promise((done) => server.once("exit", done));
      try {
        const line = await new Promise((done, failed) => {
          server.stdout.once("data", (bytes) => done(String(bytes)));
          exited.then((code) => failed(new Error(`it ended with ${code} before it was open`)));
        });
        const port = line.match(/:(\d+)\//)[1];
        assert.equal((await fetch(`http://127.0.0.1:${port}/readyz`)).status, 200);
        assert.match(await (await fetch(`http://127.0.0.1:${port}/`)).text(), /<script type="module"/);
        const status = readFileSync(`/proc/${server.pid}/status`, "utf8");
        assert.doesNotMatch(status.match(/^Uid:.*$/m)[0], /\b0\b/);
      } finally {
        server.kill("SIGTERM");
        assert.equal(await exited, 0);
      }
    }
  });
});
