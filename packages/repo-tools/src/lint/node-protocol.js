import { builtinModules } from 'node:module';

/** @import { Rule } from 'eslint' */
/** @import { ExportAllDeclaration, ExportNamedDeclaration, ImportDeclaration, ImportExpression } from 'estree' */

const builtins = new Set(builtinModules);

/**
 * `node:fs`, not `fs`: one can see that nothing has to be installed, and no package can take its place.
 *
 * @type {Rule.RuleModule}
 */
export const nodeProtocol = {
  meta: {
    type: 'suggestion',
    docs: { description: 'Modules of Node are imported with the node: protocol.' },
    fixable: 'code',
    schema: [],
    messages: { missing: "Write 'node:{{name}}'." },
  },
  create(context) {
    /** @param {ImportDeclaration | ImportExpression | ExportNamedDeclaration | ExportAllDeclaration} node */
    const check = ({ source }) => {
      if (source?.type !== 'Literal' || typeof source.value !== 'string' || !builtins.has(source.value)) {
        return;
      }
      const name = source.value;
      context.report({
        node: source,
        messageId: 'missing',
        data: { name },
        fix: (fixer) => fixer.replaceText(source, `'node:${name}'`),
      });
    };
    return {
      ImportDeclaration: check,
      ImportExpression: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
    };
  },
};
