import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';

/** @import { VitestReport } from './tally.js' */

const isTestFile = /\.(test|spec)\.[cm]?[jt]sx?$/;
const notOurs = new Set(['node_modules', 'dist', '.git', '.turbo', '.vitest']);

/**
 * Where vitest.shared.ts makes every package write its report.
 *
 * @param {string} folder of a package
 */
function reportFile(folder) {
  return path.join(folder, '.vitest', 'results.json');
}

/**
 * A report of an earlier run must not speak for this one.
 *
 * @param {string} folder of a package
 */
export function deleteReport(folder) {
  rmSync(reportFile(folder), { force: true });
}

/**
 * @param {string} folder of a package
 * @returns {VitestReport | null} null while there is none, or half of one
 */
export function readReport(folder) {
  if (!existsSync(reportFile(folder))) return null;
  try {
    return /** @type {VitestReport} */ (JSON.parse(readFileSync(reportFile(folder), 'utf8')));
  } catch {
    return null;
  }
}

/**
 * The test files of a package, found without vitest, so that its settings cannot hide one.
 *
 * @param {string} folder of a package
 * @returns {string[]} absolute paths
 */
export function findTestFiles(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) return notOurs.has(entry.name) ? [] : findTestFiles(file);
    return isTestFile.test(entry.name) ? [file] : [];
  });
}
