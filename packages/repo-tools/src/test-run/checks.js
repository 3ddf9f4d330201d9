/**
 * @typedef {object} Check
 * @property {string} name as `npm test` prints it
 * @property {string} script of the root package.json
 * @property {readonly string[]} [args]
 */

/**
 * What `npm test` looks at before the tests. Each is a script of the root package.json, so that the same check can be
 * run alone by the command that its name suggests. The first runs alone, the others two at a time in this order: the
 * linter, which takes longest, begins at once.
 *
 * @type {readonly Check[]}
 */
export const checks = [
  { name: 'build', script: 'build' },
  { name: 'format', script: 'format:check' },
  { name: 'lint', script: 'lint' },
  { name: 'typecheck', script: 'typecheck' },
  { name: 'drift', script: 'drift' },
  { name: 'unused', script: 'unused' },
  { name: 'lockfile', script: 'lockfile', args: ['--check'] },
];
