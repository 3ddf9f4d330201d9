import { describe, expect, it } from 'vitest';
import { fingerprint, parseSyntaxTree } from './syntax-tree.ts';

const tree = (alias: string): string =>
  ['Subquery (alias t) (children 1)', ' SelectQuery (children 1)', `  Literal 'metrics'${alias}`].join('\n');

describe('a syntax tree', () => {
  it('has kinds, names and children', () => {
    const root = parseSyntaxTree(
      'SelectQuery (children 2)\n Function file (alias x) (children 1)\n  Literal 1\n Set',
    );
    expect(root.children.map(({ kind, name }) => [kind, name])).toEqual([
      ['Function', 'file'],
      ['Set', ''],
    ]);
    expect(root.children[0]?.children[0]).toMatchObject({ kind: 'Literal', name: '1' });
  });

  it('is unknown when it has more than one root, or none', () => {
    expect(parseSyntaxTree('SelectQuery\nSelectQuery').kind).toBe('Unknown');
    expect(parseSyntaxTree('').kind).toBe('Unknown');
  });

  it('has another fingerprint when a part of it has another alias, but for its own', () => {
    const print = fingerprint(parseSyntaxTree(tree('')));
    expect(fingerprint(parseSyntaxTree(tree(' (alias database)')))).not.toBe(print);
    expect(fingerprint(parseSyntaxTree(tree('').replace('alias t', 'alias u')))).toBe(print);
  });
});
