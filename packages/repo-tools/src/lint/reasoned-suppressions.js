/** @import { Rule } from 'eslint' */

const directive = /^\s*eslint-disable(?:-next-line|-line)?(?=\s|$)/;
const reason = /\s--\s+\S/;

/**
 * A suppression carries its reason: `// eslint-disable-next-line no-console -- the result goes to stdout`.
 * Whoever meets it later can then tell whether it still holds.
 *
 * @type {Rule.RuleModule}
 */
export const reasonedSuppressions = {
  meta: {
    type: 'suggestion',
    docs: { description: 'A suppression carries its reason.' },
    schema: [],
    messages: { unexplained: 'Say why, after two dashes: eslint-disable-next-line <rule> -- <reason>.' },
  },
  create(context) {
    return {
      Program() {
        for (const comment of context.sourceCode.getAllComments()) {
          if (!directive.test(comment.value) || reason.test(comment.value) || !comment.loc) continue;
          context.report({ loc: comment.loc, messageId: 'unexplained' });
        }
      },
    };
  },
};
