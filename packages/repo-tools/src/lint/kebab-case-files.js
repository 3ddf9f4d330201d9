import path from 'node:path';

/** @import { Rule } from 'eslint' */

const kebabCase = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/**
 * Files and the folders below src are kebab-case, so that nobody has to guess a name, and no name
 * differs only by case, which some disks cannot tell apart.
 *
 * @type {Rule.RuleModule}
 */
export const kebabCaseFiles = {
  meta: {
    type: 'suggestion',
    docs: { description: 'Files and folders are named in kebab-case.' },
    schema: [],
    messages: { misnamed: "'{{name}}' is not kebab-case." },
  },
  create(context) {
    return {
      Program(node) {
        const [, ...parts] = context.filename.split(path.sep).join('/').split('/src/');
        const inside = parts.at(-1) ?? path.basename(context.filename);
        const misnamed = inside.split('/').find((name) => !kebabCase.test(stem(name)));
        if (misnamed !== undefined) context.report({ node, messageId: 'misnamed', data: { name: misnamed } });
      },
    };
  },
};

/**
 * The name without its endings: `metric` of `metric.contract.test.ts`.
 *
 * @param {string} name
 */
function stem(name) {
  return name.split('.')[0] ?? name;
}
