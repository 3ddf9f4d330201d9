import { type ChildProcess, execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { repositoryRoot } from '../workspaces/root.ts';
import { build } from './build.js';

/** A repository with the real launcher, a turbo that does as told, and a command that says how it was called. */
let root: string;

beforeEach(() => {
  root = realpathSync(mkdtempSync(path.join(tmpdir(), 'launcher-')));
  for (const folder of ['bin', 'src/launcher']) {
    const place = path.join('packages/repo-tools', folder);
    cpSync(path.join(repositoryRoot, place), path.join(root, place), { recursive: true });
  }
  write('packages/repo-tools/package.json', '{"type":"module"}');
  write('apps/cli/package.json', '{"type":"module"}');
  write('elsewhere/keep', '');
  turbo('');
  command('console.log(JSON.stringify({ args: process.argv.slice(2), cwd: process.cwd() }));');
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

const write = (file: string, text: string): void => {
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  writeFileSync(path.join(root, file), text);
};
const turbo = (script: string): void => {
  write('node_modules/turbo/bin/turbo', script);
};
const command = (script: string): void => {
  write('apps/cli/dist/main.js', script);
};

interface Outcome {
  code: number | string | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

/** A command that needs a while to end, and says so; the second signal is left to Node. */
const endsCleanly = `
  process.once('SIGINT', () => setTimeout(() => { console.log('ended'); process.exit(5); }, 1500));
  setInterval(() => {}, 1000);
  console.log('ready');`;

/** @param whenReady called when the command says its first word */
function launch(args: string[], whenReady?: (child: ChildProcess) => Promise<void>): Promise<Outcome> {
  const userFolder = path.join(root, 'elsewhere');
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [path.join(root, 'packages/repo-tools/bin/start.mjs'), ...args],
      { cwd: root, env: { ...process.env, INIT_CWD: userFolder } },
      (error, stdout, stderr) => {
        resolve({ code: error?.code ?? (error ? null : 0), signal: error?.signal ?? null, stdout, stderr });
      },
    );
    if (whenReady) child.stdout?.once('data', () => void whenReady(child));
  });
}

describe('npm start', () => {
  it('runs `try` where the user stands', async () => {
    const { code, stdout } = await launch(['../mine', '--json']);

    expect(JSON.parse(stdout)).toEqual({
      args: ['try', '../mine', '--json'],
      cwd: path.join(root, 'elsewhere'),
    });
    expect(code).toBe(0);
  });

  it('says nothing about a build that takes no time', async () => {
    const onSlow = vi.fn();
    await build(root, { args: [], onSlow, slowAfterMs: 30_000 });

    expect(onSlow).not.toHaveBeenCalled();
  });

  it('looks at its own clone when no path is given', async () => {
    const { stdout } = await launch(['--json']);

    expect(JSON.parse(stdout)).toMatchObject({ args: ['try', root, '--json'] });
  });

  it('says on stderr, once, that it builds, when that takes longer than a second', async () => {
    turbo("console.log('turbo talks'); setTimeout(() => {}, 1300);");
    const { stdout, stderr } = await launch([]);

    expect(stderr).toBe('Building Bellwether (something changed) …\n');
    expect(stdout).not.toContain('turbo talks');
  });

  it('calls it the first time where nothing was ever built', async () => {
    rmSync(path.join(root, 'apps/cli/dist'), { recursive: true });
    turbo(
      `const fs = require('node:fs');
       setTimeout(() => { fs.mkdirSync('apps/cli/dist'); fs.writeFileSync('apps/cli/dist/main.js', ''); }, 1300);`,
    );
    const { code, stderr } = await launch([]);

    expect({ code, stderr }).toEqual({ code: 0, stderr: 'Building Bellwether (first time only) …\n' });
  });

  it('shows what turbo said when the build fails, and runs nothing', async () => {
    turbo("console.log('main.ts(3,1): error'); process.exit(2);");
    const { code, stdout, stderr } = await launch([]);

    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain('main.ts(3,1): error');
    expect(stderr).toContain('could not be built');
  });

  it('names the command when the dependencies are missing', async () => {
    rmSync(path.join(root, 'node_modules'), { recursive: true });
    const { code, stderr } = await launch([]);

    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: 'The dependencies are not installed yet.\nRun: npm ci\n',
    });
  });

  it("ends with the command's exit code", async () => {
    command('process.exitCode = 4;');

    expect((await launch([])).code).toBe(4);
  });

  it('gives one Ctrl-C to the command once, though npm echoes it', async () => {
    command(endsCleanly);
    const { code, stdout } = await launch([], async (child) => {
      child.kill('SIGINT');
      await sleep(20);
      child.kill('SIGINT');
    });

    expect({ code, stdout }).toEqual({ code: 5, stdout: 'ready\nended\n' });
  });

  it('lets a second Ctrl-C end the command at once', async () => {
    command(endsCleanly);
    const { signal, stdout } = await launch([], async (child) => {
      child.kill('SIGINT');
      await sleep(700);
      child.kill('SIGINT');
    });

    expect({ signal, stdout }).toEqual({ signal: 'SIGINT', stdout: 'ready\n' });
  });

  it('lets Ctrl-C end a command that does not listen', async () => {
    command("setInterval(() => {}, 1000); console.log('ready');");
    const { signal } = await launch([], async (child) => {
      child.kill('SIGINT');
    });

    expect(signal).toBe('SIGINT');
  });

  it('takes a running build along when it is told to end', async () => {
    turbo("setInterval(() => {}, 1000); setTimeout(() => process.kill(process.ppid, 'SIGTERM'), 200);");

    expect((await launch([])).signal).toBe('SIGTERM');
  });
});
