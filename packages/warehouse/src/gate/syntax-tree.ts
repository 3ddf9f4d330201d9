/** One node of what `EXPLAIN AST` prints. */
export interface SyntaxNode {
  /** `Function`, `TableIdentifier`, … */
  kind: string;
  /** What follows the kind, without alias and count of children: the name of a function, table or column. */
  name: string;
  /** The whole line, alias included. */
  line: string;
  children: SyntaxNode[];
}

/**
 * Reads the text of `EXPLAIN AST`: one node a line, one blank of indentation a level.
 *
 * Names with line ends in them, which could forge lines, are refused before (`sql-tokens.ts`). Even one that got here
 * would add nodes and hide none: every real node stands at the beginning of a line of its own, and whoever walks the
 * tree refuses what it does not know.
 */
export function parseSyntaxTree(text: string): SyntaxNode {
  const root: SyntaxNode = { kind: '', name: '', line: '', children: [] };
  const path: SyntaxNode[] = [root];
  for (const line of text.split('\n')) {
    if (line === '') continue;
    const depth = Math.min(line.length - line.trimStart().length, path.length - 1);
    const [kind = '', ...words] = line.trim().split(' ');
    const name = words.join(' ').replace(/ ?\((?:alias|children) .*$/, '');
    const node: SyntaxNode = { kind, name, line: line.trim(), children: [] };
    path.length = depth + 1;
    path[depth]!.children.push(node);
    path.push(node);
  }
  const [query, ...others] = root.children;
  if (!query || others.length > 0) return { ...root, kind: 'Unknown' };
  return query;
}

/** Everything below a node in one line, aliases included: an alias can change what another name stands for. */
export function fingerprint({ children }: SyntaxNode): string {
  return JSON.stringify(children.map(printed));
}

function printed(node: SyntaxNode): unknown[] {
  return [node.line, ...node.children.map(printed)];
}
