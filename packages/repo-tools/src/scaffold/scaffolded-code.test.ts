import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeDrift, findDrift, writeFiles } from '../registries/drift.ts';
import { generateFiles } from '../registries/generated-files.ts';
import { registries } from '../registries/registries.ts';
import { readReport } from '../test-run/reports.js';
import { tallyOf } from '../test-run/tally.js';
import { repositoryRoot } from '../workspaces/root.ts';
import { scaffold } from './scaffold.ts';

/**
 * A copy of the packages that templates write into, beside the real node_modules, so that what the author
 * gets is held against the code as it is today and not against what a template once believed.
 */
let root: string;
const name = 'newly-made';
/** The compiler reads both packages at once; a busy machine is no error. */
const PATIENCE_MS = 600_000;
const copied = [
  ...[
    'package.json',
    'tsconfig.base.json',
    'tsconfig.check.json',
    'vitest.shared.ts',
    'eslint.config.js',
    '.prettierrc.json',
  ],
  ...[
    'packages/repo-tools/package.json',
    'packages/repo-tools/src',
    'packages/sources',
    'packages/metrics',
    'dashboards',
  ],
];

beforeAll(async () => {
  root = realpathSync(mkdtempSync(path.join(tmpdir(), 'scaffolded-code-')));
  for (const file of copied) {
    cpSync(path.join(repositoryRoot, file), path.join(root, file), {
      recursive: true,
      filter: (source) => !/[\\/](node_modules|dist|\.turbo|\.vitest)$/.test(source),
    });
  }
  symlinkSync(path.join(repositoryRoot, 'node_modules'), path.join(root, 'node_modules'), 'dir');
  const templates = path.join(import.meta.dirname, '../../templates');
  for (const { kind } of registries) await scaffold({ root, templates, kind, name });
  writeFiles(root, await generateFiles(root, registries, []));
});
afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

function runTool(tool: string, args: string[], cwd: string): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [path.join(repositoryRoot, 'node_modules', tool), ...args],
      { cwd },
      (error, stdout, stderr) => {
        resolve({
          code: typeof error?.code === 'number' ? error.code : error ? 1 : 0,
          output: stdout + stderr,
        });
      },
    );
  });
}

const linesAbout = (output: string): string[] => output.split('\n').filter((line) => line.includes(name));

describe('everything that is new, as it comes from its template', () => {
  it('compiles, together with what was there before', { timeout: PATIENCE_MS }, async () => {
    const { output } = await runTool('typescript/bin/tsc', ['-p', 'tsconfig.check.json'], root);

    expect(linesAbout(output)).toEqual([]);
  });

  it('has nothing for the linter to find', { timeout: PATIENCE_MS }, async () => {
    const folders = registries.map(({ folder }) => `${folder}/${name}`);
    const { output } = await runTool('eslint/bin/eslint.js', folders, root);

    expect(output).toBe('');
  });
});

describe.each(registries)('a new $kind, as it comes from its template', ({ folder }) => {
  const packageFolder = path.posix.dirname(folder);

  it('leaves no drift behind', async () => {
    const drift = findDrift(root, await generateFiles(root, registries, []));

    expect(linesAbout(describeDrift(drift))).toEqual([]);
    expect(drift.stale).toEqual([]);
  });

  it('has tests that run, and say what is still to be written', async () => {
    const packageRoot = path.join(root, packageFolder);
    const { code } = await runTool('vitest/vitest.mjs', ['run', `src/${name}/`], packageRoot);
    const report = readReport(packageRoot);

    expect(report && tallyOf(report)).toMatchObject({ failed: 0 });
    expect(report?.numPassedTests).toBeGreaterThan(0);
    expect(report?.numTodoTests).toBeGreaterThan(0);
    expect(code).toBe(0);
  });
});
