import { type DocumentNode, Kind, type SelectionSetNode, visit } from 'graphql';

/** The same query with every named fragment written out where it is used, and no fragment left. */
export function inlineFragments({ definitions }: DocumentNode): DocumentNode {
  const fragments = new Map(
    definitions.flatMap((each) =>
      each.kind === Kind.FRAGMENT_DEFINITION ? [[each.name.value, each] as const] : [],
    ),
  );
  const inlined = (selections: SelectionSetNode): SelectionSetNode =>
    visit(selections, {
      FragmentSpread({ name }) {
        const fragment = fragments.get(name.value);
        if (!fragment) throw new Error(`There is no fragment ${name.value}`);
        const { typeCondition, selectionSet } = fragment;
        return { kind: Kind.INLINE_FRAGMENT, typeCondition, selectionSet: inlined(selectionSet) };
      },
    });
  return {
    kind: Kind.DOCUMENT,
    definitions: definitions.flatMap((each) =>
      each.kind === Kind.OPERATION_DEFINITION ? [{ ...each, selectionSet: inlined(each.selectionSet) }] : [],
    ),
  };
}
