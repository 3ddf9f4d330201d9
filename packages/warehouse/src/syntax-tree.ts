/** One node of what `EXPLAIN AST` prints. */
export interface SyntaxNode {
  /** `Function`, `TableIdentifier`, … */
  kind: string;
  /** What follows the kind, without alias and count of children: the name of a function, table or column. */
  name: string;
  children: SyntaxNode[];
}

/**
 * Reads the text of `EXPLAIN AST`: one node a line, one blank of indentation a level.
 *
 * A quoted name with a line end in it is printed as it is, so names can forge lines. That adds nodes but hides none:
 * every real node still stands at the beginning of a line of its own, and whoever walks the tree refuses what it does
 * not know.
 */
export function parseSyntaxTree(text: string): SyntaxNode {
  const root: SyntaxNode = { kind: '', name: '', children: [] };
  const path: SyntaxNode[] = [root];
  for (const line of text.split('\n')) {
    if (line === '') continue;
    const depth = Math.min(line.length - line.trimStart().length, path.length - 1);
    const [kind = '', ...words] = line.trim().split(' ');
    const name = words.join(' ').replace(/ ?\((?:alias|children) .*$/, '');
    const node: SyntaxNode = { kind, name, children: [] };
    path.length = depth + 1;
    path[depth]!.children.push(node);
    path.push(node);
  }
  const [query, ...others] = root.children;
  if (!query || others.length > 0) return { kind: 'Unknown', name: '', children: root.children };
  return query;
}

/** The node and everything below it, with the parent of each. */
export function* walk(
  node: SyntaxNode,
  parent?: SyntaxNode,
): Generator<{ node: SyntaxNode; parent?: SyntaxNode }> {
  yield parent ? { node, parent } : { node };
  for (const child of node.children) yield* walk(child, node);
}
