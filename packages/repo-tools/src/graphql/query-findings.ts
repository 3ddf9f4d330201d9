import {
  GraphQLError,
  type GraphQLSchema,
  Kind,
  NoDeprecatedCustomRule,
  OperationTypeNode,
  type SelectionSetNode,
  specifiedRules,
  validate,
  type ValidationContext,
  type ValidationRule,
} from 'graphql';
import type { QueryFile } from './query-files.ts';
import { isConnection } from './query-price.ts';

/** What is wrong with a query, in words: GitHub would refuse it, or will when a field has gone. */
export function findingsOf(query: QueryFile, schema: GraphQLSchema): string[] {
  const rules = [...specifiedRules, NoDeprecatedCustomRule, RequirePageSize, RequireQuery];
  return validate(schema, query.document, rules).map(({ message }) => `${query.name}.graphql: ${message}`);
}

/** GitHub refuses a connection without `first` or `last`, unless it is only counted; nothing in its schema says so. */
const RequirePageSize: ValidationRule = (context) => ({
  Field(field) {
    if (!isConnection(context.getType())) return;
    const size = (field.arguments ?? []).find(({ name }) => name.value === 'first' || name.value === 'last');
    if (!size && (!field.selectionSet || asksForRows(field.selectionSet, context))) {
      context.reportError(new GraphQLError(`${field.name.value} needs \`first\` or \`last\``));
    } else if (size?.value.kind === Kind.INT && !isPageSize(Number(size.value.value))) {
      context.reportError(new GraphQLError(`${field.name.value} can have 1 to 100 items a page`));
    }
  },
});

function asksForRows({ selections }: SelectionSetNode, context: ValidationContext): boolean {
  return selections.some((selection) => {
    if (selection.kind === Kind.FIELD) return ['nodes', 'edges'].includes(selection.name.value);
    if (selection.kind === Kind.INLINE_FRAGMENT) return asksForRows(selection.selectionSet, context);
    const fragment = context.getFragment(selection.name.value);
    return fragment != null && asksForRows(fragment.selectionSet, context);
  });
}

/** This source reads. A mutation would need more than reading rights, and no retry would be safe. */
const RequireQuery: ValidationRule = (context) => ({
  OperationDefinition({ operation }) {
    if (operation !== OperationTypeNode.QUERY) context.reportError(new GraphQLError('is no query'));
  },
});

function isPageSize(size: number): boolean {
  return size >= 1 && size <= 100;
}
