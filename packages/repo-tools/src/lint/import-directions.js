import path from 'node:path';
import { declaredEntries, isTestCode, layers, ownedPackages, packageOfFile } from '../architecture/layers.js';

/** @import { Rule } from 'eslint' */

const scope = '@bellwether/';
const configFile = /\.config\.[cm]?[jt]s$/;

/**
 * Holds every import against `layers`. Written here because the built-in `no-restricted-imports` sees neither
 * dynamic imports nor where a relative path leads, and cannot name the way out.
 *
 * @type {Rule.RuleModule}
 */
export const importDirections = {
  meta: {
    type: 'problem',
    docs: { description: 'Dependencies between packages point one way.' },
    schema: [],
    messages: { broken: '{{reason}}' },
  },
  create(context) {
    const from = packageOfFile(context.filename);
    if (from === null) return {};

    /** @param {unknown} source the node that names the module, where it is written out */
    const check = (source) => {
      if (!isStringLiteral(source)) return;
      const reason = objection(source.value, from, context.filename);
      if (reason !== null) context.report({ node: source, messageId: 'broken', data: { reason } });
    };
    return {
      ImportDeclaration: (node) => check(node.source),
      ExportNamedDeclaration: (node) => check(node.source),
      ExportAllDeclaration: (node) => check(node.source),
      ImportExpression: (node) => check(node.source),
      TSImportType: (/** @type {{ source: unknown }} */ node) => check(node.source),
      'CallExpression[callee.name="require"]': (/** @type {{ arguments: unknown[] }} */ node) =>
        check(node.arguments[0]),
    };
  },
};

/**
 * Why `from` may not import `specifier`, and what to do instead; null when it may.
 *
 * @param {string} specifier
 * @param {string} from key of `layers`
 * @param {string} file absolute path of the importing file
 * @returns {string | null}
 */
function objection(specifier, from, file) {
  if (specifier.startsWith('.')) return objectionToPath(specifier, from, file);
  if (specifier.startsWith(scope)) return objectionToOurs(specifier.slice(scope.length), from, file);
  const owned = ownedPackages.find(({ pattern, owner }) => owner !== from && pattern.test(specifier));
  return owned ? `Only ${scope}${owned.owner} imports ${owned.names}; use what it offers.` : null;
}

/**
 * @param {string} specifier
 * @param {string} from
 * @param {string} file
 */
function objectionToPath(specifier, from, file) {
  const to = packageOfFile(path.resolve(path.dirname(file), specifier));
  if (to === from) return null;
  if (to !== null) return `Reaches into another package by path; import '${scope}${to}'.`;
  return configFile.test(file)
    ? null
    : 'Leaves its package; only a *.config.ts may import files of the root.';
}

/**
 * @param {string} specifier without the scope: `lineage/testing`
 * @param {string} from
 * @param {string} file
 */
function objectionToOurs(specifier, from, file) {
  const [to = '', ...rest] = specifier.split('/');
  const entry = rest.join('/');
  const layer = layers[to];
  const importer = layers[from];
  if (!layer) return `${scope}${to} is not in packages/repo-tools/src/architecture/layers.js.`;
  if (!importer) return `${scope}${from} is not in packages/repo-tools/src/architecture/layers.js.`;
  if (to === from) return 'A package imports its own files by relative path, not by its name.';
  if (layer.folder.startsWith('apps/') && !importer.imports.includes(to)) {
    return 'Nothing imports an app; move what both need into a package.';
  }

  const isForTests = isTestCode(file) || importer.isTool === true;
  if (layer.isTool) {
    return isForTests || importer.imports.includes(to)
      ? null
      : `${scope}${to} is a tool; only tests and other tools import it.`;
  }
  if (!importer.imports.includes(to)) {
    const allowed = importer.imports.map((name) => scope + name).join(', ') || 'nothing of ours';
    return `${scope}${from} may not import ${scope}${to}, only ${allowed}. Dependencies point one way.`;
  }
  if (entry === '') return null;
  if (!declaredEntries(to).includes(`./${entry}`)) {
    return `${scope}${to} declares no entry './${entry}'; import '${scope}${to}', or add what is missing to its index.`;
  }
  return entry === 'testing' && !isForTests ? `${scope}${to}/testing is for tests.` : null;
}

/**
 * @param {unknown} node
 * @returns {node is import('estree').Literal & { value: string }}
 */
function isStringLiteral(node) {
  return (
    typeof node === 'object' &&
    node !== null &&
    'type' in node &&
    node.type === 'Literal' &&
    'value' in node &&
    typeof node.value === 'string'
  );
}
