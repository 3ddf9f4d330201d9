import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';
import { repositoryPlugin } from './packages/repo-tools/src/lint/plugin.js';

const code = ['**/*.{js,mjs,cjs,ts,tsx}'];
const typescript = ['**/*.{ts,tsx}'];
const tests = [
  '**/*.{test,spec,bench,soak}.{ts,tsx}',
  '**/{test,testing}/**',
  '**/{contract-tests,testing}.ts',
];
const configFiles = ['*.{js,ts}', '**/*.config.{js,ts}'];

/**
 * `eslint .` at the root asks about every file: one program for all of them takes less than two thirds of the time of
 * one per package. An editor asks about one file, and is quicker with the package that it belongs to.
 */
const isAboutEveryFile = process.argv.includes('.') && process.cwd() === import.meta.dirname;
const types = isAboutEveryFile ? { project: ['tsconfig.check.json'] } : { projectService: true };

/**
 * How this repository lints itself. What teams adopt is packages/eslint-config.
 *
 * Formatting is prettier's, unused code is knip's, and what the compiler already refuses is not asked twice.
 * Dependency directions come from packages/repo-tools/src/architecture/layers.js.
 */
export default defineConfig([
  globalIgnores(
    // `generated.ts` is written by a program, and the compiler checks it.
    ['**/dist/', '**/coverage/', '**/.turbo/', '**/.vitest/', '**/fixtures/', '**/generated.ts'],
    'repository/ignores',
  ),

  {
    name: 'repository/every-file',
    files: code,
    extends: [js.configs.recommended],
    plugins: { repository: repositoryPlugin },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      curly: ['error', 'multi-line'],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': 'error',
      'object-shorthand': 'error',
      'prefer-template': 'error',
      // The compiler knows every global, in JavaScript through checkJs.
      'no-undef': 'off',
      'no-restricted-syntax': [
        'error',
        {
          selector: 'ExportDefaultDeclaration, ExportSpecifier[exported.name="default"]',
          message: 'Export by name, so that one thing has one name everywhere.',
        },
      ],
      'repository/import-directions': 'error',
      'repository/kebab-case-files': 'error',
      'repository/node-protocol': 'error',
      'repository/reasoned-suppressions': 'error',
    },
  },

  {
    name: 'repository/typescript',
    files: typescript,
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { ...types, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-exports': 'error',
      '@typescript-eslint/consistent-type-imports': [
        'error',
        // `typeof import('…')` is the type of a module that is loaded only when it is needed.
        { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false },
      ],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unused-vars': [
        'error',
        // `const { secret: _, ...rest }` is how a field is left out; an underscore says that it is meant.
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      // An empty string is as good as none in a name or a label, and `||` says so.
      '@typescript-eslint/prefer-nullish-coalescing': ['error', { ignorePrimitives: { string: true } }],

      // Takes for settled what can change during an await: whether a signal is aborted, above all.
      '@typescript-eslint/no-unnecessary-condition': 'off',
      // A method that fulfils an asynchronous contract without waiting for anything is fine.
      '@typescript-eslint/require-await': 'off',
      // Silent implementations are empty on purpose.
      '@typescript-eslint/no-empty-function': 'off',
      // Every index yields `undefined` too (noUncheckedIndexedAccess), and a loop over a typed array knows better.
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },

  {
    name: 'repository/file-size',
    files: ['**/src/**/*.{js,ts,tsx}'],
    ignores: tests,
    rules: { 'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }] },
  },

  {
    name: 'repository/console',
    files: ['apps/cli/**', 'packages/repo-tools/**', 'benchmarks/**'],
    rules: { 'no-console': 'off' },
  },

  {
    name: 'repository/tests',
    files: tests,
    rules: {
      // Matchers such as expect.any() and parsed output are `any`; an assertion is the check.
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },

  {
    name: 'repository/config-files',
    files: configFiles,
    // They belong to no tsconfig, and the tools that read them ask for a default export.
    extends: [tseslint.configs.disableTypeChecked],
    rules: { 'no-restricted-syntax': 'off' },
  },
]);
