import { mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { fm, temporaryFolder } from "../support/fm.ts";
import { startServer } from "../support/loopback-server.ts";
import { vaultLike } from "../support/vault-server.ts";

const token = "hvs.CAESIJ-token";
const value = "s3cret-value";

async function workspaceOf(secrets: unknown, manifest: object): Promise<string> {
  const cwd = await temporaryFolder();
  await writeFile(join(cwd, "flowmason.json"), JSON.stringify(manifest));
  const config = { command: ["sh", "-c", 'printf "%s,%s" "$1" "${#TOKEN}"', "sh", "{{ secrets.TOKEN }}"] };
  const stages = [{ id: "a", component_type: "command", config }];
  await writeFile(
    join(cwd, "a.pipeline.json"),
    JSON.stringify({ name: "a", version: "1.0.0", secrets, stages }),
  );
  return cwd;
}

describe("secrets in .env", () => {
  test("are found where the project says so, and are given to the command that names them; the environment goes first", async () => {
    const cwd = await workspaceOf(["TOKEN"], { secrets: { dotenv: true } });
    await writeFile(join(cwd, ".env"), `# a comment\nexport TOKEN="${value}"\nOTHER=other\n`);
    const read = await fm(["run", "a.pipeline.json", "--json"], { cwd });
    expect(JSON.parse(read.stdout)).toMatchObject({
      output: { value: expect.stringMatching(new RegExp(`^⟦secret:TOKEN:plain:\\w+⟧,${value.length}$`)) },
    });
    const over = await fm(["run", "a.pipeline.json", "--json"], {
      cwd,
      env: { TOKEN: "longer-than-the-other" },
    });
    expect(JSON.parse(over.stdout)).toMatchObject({ output: { value: expect.stringMatching(/,21$/) } });
    for (const text of [read.stdout, read.stderr, over.stdout]) expect(text).not.toContain("s3cret");
  });

  test("are not looked for otherwise; --dotenv names one", async () => {
    const cwd = await workspaceOf(["TOKEN"], {});
    await writeFile(join(cwd, ".env"), `TOKEN=${value}\n`);
    const not = await fm(["run", "a.pipeline.json"], { cwd });
    expect(not).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("Set the environment variable TOKEN"),
    });
    const named = await fm(["run", "a.pipeline.json", "--dotenv", ".env"], { cwd });
    expect(named.code).toBe(0);
    const missing = await fm(["run", "a.pipeline.json", "--dotenv", "none.env"], { cwd });
    expect(missing).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("none.env cannot be read: there is no such file"),
    });
  });

  test("that are not there: the message says where was looked; a file outside is refused", async () => {
    const cwd = await workspaceOf(["TOKEN"], { secrets: { dotenv: "config/.env" } });
    const none = await fm(["run", "a.pipeline.json"], { cwd });
    expect(none).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("config/.env, which is not there"),
    });
    await mkdir(join(cwd, "config"));
    await writeFile(join(cwd, "config/.env"), "OTHER=1\n");
    const looked = await fm(["run", "a.pipeline.json"], { cwd });
    expect(looked.stderr).toContain("Neither the environment nor config/.env has TOKEN.");
    const away = await workspaceOf(["TOKEN"], { secrets: { dotenv: "link" } });
    await symlink(join(cwd, "config/.env"), join(away, "link"));
    const outside = await fm(["run", "a.pipeline.json"], { cwd: away });
    expect(outside).toMatchObject({ code: 2, stderr: expect.stringContaining("outside of the workspace") });
  });
});

describe("secrets in Vault", () => {
  test("come to the command, and are in no record; the token is in neither env nor output", async () => {
    const address = await startServer(
      vaultLike({ token, secrets: { "secret/data/team/app": { token: value } } }),
    );
    const cwd = await workspaceOf(
      { TOKEN: { vault: "app#token" } },
      { secrets: { vault: { address, path: "team" } } },
    );
    const env = { VAULT_TOKEN: token };
    const { code, stdout, stderr } = await fm(["run", "a.pipeline.json", "--json", "--journal", "j"], {
      cwd,
      env,
    });
    expect(stderr).not.toContain("error");
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      output: { value: expect.stringMatching(/^⟦secret:vault\/app#token:plain:\w+⟧,0$/) },
    });
    for (const text of [stdout, stderr, await readFile(join(cwd, "j"), "utf8")]) {
      expect(text).not.toContain(value);
      expect(text).not.toContain("hvs.");
    }
  });

  test("that cannot be read stop the run before any stage, with what to do; one that may be missing is null", async () => {
    const address = await startServer(vaultLike({ token, secrets: {} }));
    const manifest = { secrets: { vault: { address } } };
    const env = { VAULT_TOKEN: token };
    const cwd = await workspaceOf({ TOKEN: { vault: "app#token" } }, manifest);
    const missing = await fm(["run", "a.pipeline.json"], { cwd, env });
    expect(missing.code).toBe(2);
    expect(missing.stderr).toContain(
      'The secret "TOKEN" has no value. There is no field "token" of app in Vault.',
    );
    const refused = await fm(["run", "a.pipeline.json", "--json"], {
      cwd,
      env: { VAULT_TOKEN: "hvs.wrong-token" },
    });
    expect(refused.code).toBe(2);
    expect(JSON.parse(refused.stdout)).toMatchObject({
      status: "invalid",
      failure: { message: expect.stringContaining("the token in VAULT_TOKEN is not valid") },
    });
    const optional = await workspaceOf({ TOKEN: { vault: "app#token", required: false } }, manifest);
    expect((await fm(["run", "a.pipeline.json"], { cwd: optional, env })).stderr).not.toContain(
      "has no value",
    );
  });
});
