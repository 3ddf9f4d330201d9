import path from 'node:path';
import { runTurbo } from '../launcher/build.js';
import { readWorkspaces } from '../workspaces/workspaces.js';
import { checks as allChecks } from './checks.js';
import { deleteReport, findTestFiles, readReport } from './reports.js';
import { runChecks } from './run-checks.js';
import { inWords, nothing, tallyOf, total } from './tally.js';

/** @import { Check } from './checks.js' */
/** @import { CheckOutcome } from './run-checks.js' */
/** @import { Tally } from './tally.js' */

/** @typedef {(line: string) => void} Print */

/**
 * Everything that must hold before a change is merged: the checks, then every package's tests. Goes on to
 * the end whatever fails, because one run should name everything that is wrong. The last line printed is
 * `N passed, N failed`; each check counts as one.
 *
 * @param {string} root folder of the root package.json
 * @param {object} [options]
 * @param {readonly Check[]} [options.checks]
 * @param {Print} [options.print]
 * @returns {Promise<number>} the exit code
 */
export async function testRun(
  root,
  { checks = allChecks, print = (line) => void process.stdout.write(`${line}\n`) } = {},
) {
  /** @type {Tally[]} */
  const tallies = [];
  for await (const outcome of runChecks(root, checks)) tallies.push(printCheck(outcome, print));
  tallies.push(await runTests(root, print));
  const sum = total(tallies);
  print('');
  print(inWords(sum));
  return sum.failed === 0 ? 0 : 1;
}

/**
 * @param {CheckOutcome} outcome
 * @param {Print} print
 * @returns {Tally}
 */
function printCheck({ name, code, output, seconds }, print) {
  print(`${code === 0 ? 'ok' : 'FAILED'} ${name} (${seconds.toFixed(1)} s)`);
  if (code === 0) return { ...nothing, passed: 1 };
  print(indent(output));
  return { ...nothing, failed: 1 };
}

/**
 * @param {string} root
 * @param {Print} print
 * @returns {Promise<Tally>}
 */
async function runTests(root, print) {
  const packages = readWorkspaces(root)
    .map(({ folder, manifest }) => ({ folder: path.join(root, folder), name: manifest.name }))
    .map((each) => ({ ...each, testFiles: findTestFiles(each.folder) }))
    .filter(({ testFiles }) => testFiles.length > 0);
  for (const { folder } of packages) deleteReport(folder);

  /** @type {Map<string, Tally>} */
  const finished = new Map();
  const clock = stopwatch();
  const printFinished = () => {
    for (const { folder, name, testFiles } of packages) {
      const report = finished.has(name) ? null : readReport(folder);
      if (report === null) continue;
      const ran = new Set(report.testResults.map((file) => file.name));
      const forgotten = testFiles.filter((file) => !ran.has(file));
      const tally = total([tallyOf(report), { ...nothing, failed: forgotten.length }]);
      finished.set(name, tally);
      print(`${tally.failed === 0 ? 'ok' : 'FAILED'} test ${name} (${inWords(tally)}; ${clock()} in)`);
      for (const file of forgotten) print(indent(`did not run: ${path.relative(root, file)}`));
    }
  };

  // One package at a time: the embedded engine takes what memory it finds, and two of them share two cores badly.
  const polling = setInterval(printFinished, 500);
  const { code, output } = await runTurbo(root, [
    ...['run', 'test', '--continue', '--concurrency=1'],
    ...['--output-logs=errors-only', '--log-order=grouped'],
  ]);
  clearInterval(polling);
  printFinished();

  const crashed = packages.filter(({ name }) => !finished.has(name));
  for (const { name } of crashed) print(`FAILED test ${name} (it has tests, and left no results)`);
  const sum = total([...finished.values(), { ...nothing, failed: crashed.length }]);
  const hasHiddenFailure = code !== 0 && sum.failed === 0;
  if (hasHiddenFailure) print('FAILED test (turbo failed, though every report is green)');
  if (code !== 0) print(indent(output));
  return hasHiddenFailure ? { ...sum, failed: 1 } : sum;
}

/** @returns {() => string} the time since, as `12.3 s` */
function stopwatch() {
  const startedAt = performance.now();
  return () => `${((performance.now() - startedAt) / 1000).toFixed(1)} s`;
}

/** @param {string} text */
function indent(text) {
  return text.trimEnd().replace(/^(?=.)/gm, '    ');
}
