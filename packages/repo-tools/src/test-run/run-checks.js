import { run } from '../launcher/build.js';

/** @import { Check } from './checks.js' */

/**
 * @typedef {object} CheckOutcome
 * @property {string} name
 * @property {number} code 0 when there is nothing to complain about
 * @property {string} output
 * @property {number} seconds
 */

/** The linter and the compiler use one core each, and 3 GB of memory together. */
const LANES = 2;

/**
 * Runs the checks and gives their outcomes in their own order, so that two runs can be compared line by line. The first
 * one runs alone, because it writes what others may read; the others only read, and run two at a time.
 *
 * @param {string} root folder of the root package.json
 * @param {readonly Check[]} checks
 * @returns {AsyncGenerator<CheckOutcome>}
 */
export async function* runChecks(root, [first, ...others]) {
  if (first === undefined) return;
  yield await runCheck(root, first);

  const waiting = others.map((check) => ({ check, ...promised() }));
  const outcomes = waiting.map(({ outcome }) => outcome);
  const lane = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      await runCheck(root, next.check).then(next.resolve, next.reject);
    }
  };
  const lanes = Promise.all(Array.from({ length: LANES }, lane));
  for (const outcome of outcomes) yield await outcome;
  await lanes;
}

/** @returns {{ outcome: Promise<CheckOutcome>, resolve: (outcome: CheckOutcome) => void, reject: (error: unknown) => void }} */
function promised() {
  /** @type {(outcome: CheckOutcome) => void} */
  let resolve = () => undefined;
  /** @type {(error: unknown) => void} */
  let reject = () => undefined;
  /** @type {Promise<CheckOutcome>} */
  const outcome = new Promise((fulfil, refuse) => ([resolve, reject] = [fulfil, refuse]));
  return { outcome, resolve, reject };
}

/**
 * @param {string} root
 * @param {Check} check
 * @returns {Promise<CheckOutcome>}
 */
async function runCheck(root, { name, script, args = [] }) {
  const startedAt = performance.now();
  const { code, output } = await runScript(root, script, args);
  return { name, code, output, seconds: (performance.now() - startedAt) / 1000 };
}

/**
 * Runs a script of the root package.json by the npm that runs this one, if any.
 *
 * @param {string} root
 * @param {string} script
 * @param {readonly string[]} args
 */
function runScript(root, script, args) {
  const npm = process.env['npm_execpath'];
  const [command, first] = npm === undefined ? ['npm', []] : [process.execPath, [npm]];
  return run(command, [...first, 'run', '--silent', script, '--', ...args], root);
}
