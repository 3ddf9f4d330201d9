import { importDirections } from './import-directions.js';
import { kebabCaseFiles } from './kebab-case-files.js';
import { nodeProtocol } from './node-protocol.js';
import { reasonedSuppressions } from './reasoned-suppressions.js';

/** @import { ESLint } from 'eslint' */

/**
 * The habits of this repository that no published rule covers. What is of use to others lives in
 * packages/eslint-plugin.
 *
 * @type {ESLint.Plugin}
 */
export const repositoryPlugin = {
  meta: { name: 'repository' },
  rules: {
    'import-directions': importDirections,
    'kebab-case-files': kebabCaseFiles,
    'node-protocol': nodeProtocol,
    'reasoned-suppressions': reasonedSuppressions,
  },
};
