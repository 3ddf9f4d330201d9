import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Check, checks as allChecks } from './checks.js';
import { testRun } from './test-run.js';

/** A repository of one package, whose scripts do nothing and whose turbo is a script of the test's own. */
let root: string;
let scripts: Record<string, string>;

beforeEach(() => {
  root = realpathSync(mkdtempSync(path.join(tmpdir(), 'test-run-')));
  scripts = Object.fromEntries(allChecks.map(({ script }) => [script, 'node succeed.cjs']));
  write('succeed.cjs', '');
  write('packages/core/package.json', JSON.stringify({ name: '@example/core' }));
  write('packages/core/src/sum.test.ts', '');
  turbo(leaveReport({ numPassedTests: 4 }));
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
/** A turbo whose only package leaves this report. */
function leaveReport(report: object, exitCode = 0): string {
  const whole = {
    success: true,
    numPendingTests: 0,
    numTodoTests: 0,
    testResults: [
      { name: path.join(root, 'packages/core/src/sum.test.ts'), status: 'passed', assertionResults: [] },
    ],
    ...report,
  };
  return `const fs = require('node:fs');
    fs.mkdirSync('packages/core/.vitest', { recursive: true });
    fs.writeFileSync('packages/core/.vitest/results.json', ${JSON.stringify(JSON.stringify(whole))});
    process.exit(${exitCode});`;
}
async function runIt(
  checks: readonly Check[] = allChecks.slice(0, 1),
): Promise<{ exitCode: number; lines: string[] }> {
  write(
    'package.json',
    JSON.stringify({ name: 'example', private: true, workspaces: ['packages/*'], scripts }),
  );
  const lines: string[] = [];
  const exitCode = await testRun(root, { checks, print: (line) => void lines.push(line) });
  return { exitCode, lines };
}

describe('npm test', () => {
  it('counts every check and every test, and says so on the last line', async () => {
    const { exitCode, lines } = await runIt(allChecks);

    expect(lines.map((line) => line.replace(/\d+\.\d s/, 'N s'))).toEqual([
      'ok build (N s)',
      'ok format (N s)',
      'ok lint (N s)',
      'ok typecheck (N s)',
      'ok drift (N s)',
      'ok unused (N s)',
      'ok lockfile (N s)',
      'ok test @example/core (4 passed, 0 failed; N s in)',
      '',
      '11 passed, 0 failed',
    ]);
    expect(exitCode).toBe(0);
  });

  it('goes on after a failed build, and shows what it said', async () => {
    scripts['build'] = `node -e "console.log('main.ts(3,1): error'); process.exit(2)"`;
    const { exitCode, lines } = await runIt();

    expect(lines[0]).toMatch(/^FAILED build/);
    expect(lines[1]).toContain('main.ts(3,1): error');
    expect(lines.at(-1)).toBe('4 passed, 1 failed');
    expect(exitCode).toBe(1);
  });

  it('runs the first check alone and the others two at a time, and prints them in their order', async () => {
    // Each of the two ends only when the other has begun; one after the other they would wait for ever.
    const meet = (mine: string, other: string): string => `
      const fs = require('node:fs');
      if (!fs.existsSync('first-ended')) process.exit(3);
      fs.writeFileSync('${mine}', '');
      const gaveUp = setTimeout(() => process.exit(4), 30_000);
      const look = () => fs.existsSync('${other}') ? clearTimeout(gaveUp) : setTimeout(look, 20);
      look();`;
    write('first.cjs', `require('node:fs').writeFileSync('first-ended', '')`);
    write('left.cjs', meet('left', 'right'));
    write('right.cjs', meet('right', 'left'));
    const named = ['first', 'left', 'right'];
    scripts = Object.fromEntries(named.map((name) => [name, `node ${name}.cjs`]));
    const { exitCode, lines } = await runIt(named.map((name) => ({ name, script: name })));

    expect(lines.slice(0, 3).map((line) => line.replace(/ \(.*/, ''))).toEqual([
      'ok first',
      'ok left',
      'ok right',
    ]);
    expect(exitCode).toBe(0);
  });

  it('fails when a package with tests leaves no results, whatever turbo says', async () => {
    turbo('');
    const { exitCode, lines } = await runIt();

    expect(lines).toContain('FAILED test @example/core (it has tests, and left no results)');
    expect(lines.at(-1)).toBe('1 passed, 1 failed');
    expect(exitCode).toBe(1);
  });

  it('does not take the results of an earlier run for those of this one', async () => {
    write('packages/core/.vitest/results.json', '{"success":true,"numPassedTests":9,"testResults":[]}');
    turbo('');

    expect((await runIt()).lines.at(-1)).toBe('1 passed, 1 failed');
  });

  it('fails when a test file on disk is not among those that ran', async () => {
    write('packages/core/src/forgotten.test.ts', '');
    const { lines } = await runIt();

    expect(lines.join('\n')).toContain(`did not run: ${path.join('packages/core/src/forgotten.test.ts')}`);
    expect(lines.at(-1)).toBe('5 passed, 1 failed');
  });

  it('fails when turbo fails, though every report is green', async () => {
    turbo(leaveReport({ numPassedTests: 4 }, 1));

    expect((await runIt()).lines.at(-1)).toBe('5 passed, 1 failed');
  });
});
