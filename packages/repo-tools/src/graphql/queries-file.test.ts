import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse } from 'graphql';
import ts from 'typescript';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { repositoryRoot } from '../workspaces/root.ts';
import { queriesFile } from './queries-file.ts';
import { queriesFolder } from './queries-folder.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'queries-'));
  mkdirSync(path.join(root, queriesFolder), { recursive: true });
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

const write = (file: string, text: string): void => {
  writeFileSync(path.join(root, queriesFolder, file), text);
};
const generated = async (): Promise<string> => (await queriesFile(root))[0]?.text ?? '';
/** What the compiler says about a text of ours, compiled as strictly as everything else. */
function complaints(source: string): string[] {
  const api = path.join(root, 'packages/sources/src/github/api.ts');
  writeFileSync(api, readFileSync(path.join(repositoryRoot, 'packages/sources/src/github/api.ts'), 'utf8'));
  writeFileSync(path.join(root, 'package.json'), '{ "type": "module" }');
  write('generated.ts', source);
  const base = ts.readConfigFile(path.join(repositoryRoot, 'tsconfig.base.json'), (file) =>
    ts.sys.readFile(file),
  );
  const { options } = ts.convertCompilerOptionsFromJson(base.config.compilerOptions, repositoryRoot);
  const file = path.join(root, queriesFolder, 'generated.ts');
  const program = ts.createProgram([file], { ...options, noEmit: true, types: [] });
  return ts
    .getPreEmitDiagnostics(program, program.getSourceFile(file))
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}

const repositoryQuery = `
  # A comment costs bytes on every request.
  query RepositoryFacts($owner: String!, $name: String!) {
    repository(owner: $owner, name: $name) { ...facts }
  }`;
const factsFragment = 'fragment facts on Repository { id databaseId createdAt visibility diskUsage }';

describe('the generated queries', () => {
  it('are a type for what is asked and what comes back, and the text on the wire', async () => {
    write('repository-facts.graphql', repositoryQuery);
    write('fragments.graphql', factsFragment);
    const text = await generated();

    expect(text).toContain('export type RepositoryFactsQuery = ');
    expect(text).toContain('readonly diskUsage: number | null');
    expect(text).toContain('readonly createdAt: string');
    expect(text).toContain("export type RepositoryVisibility =\n  | 'INTERNAL'");
    expect(text).toContain(
      'query RepositoryFacts($owner:String!$name:String!){repository(owner:$owner name:$name){...facts}rateLimit{cost}}' +
        'fragment facts on Repository{id databaseId createdAt visibility diskUsage}',
    );
    expect(text).not.toContain('a comment');
  });

  it('compile, and refuse a variable that is missing', async () => {
    write('repository-facts.graphql', `${repositoryQuery} ${factsFragment}`);
    const text = await generated();
    const use = (variables: string): string =>
      `${text}\nexport const use: Parameters<NonNullable<typeof repositoryFactsDocument.types>>[0] = ${variables};`;

    expect(complaints(use(`{ owner: 'o', name: 'n' }`))).toEqual([]);
    expect(complaints(use(`{ owner: 'o' }`))).toEqual([
      expect.stringContaining("Property 'name' is missing"),
    ]);
  });

  it('say what a page costs', async () => {
    const lists = ['labels', 'reviews', 'commits', 'files'].map(
      (list) => `${list}(first: 10) { nodes { id } }`,
    );
    write(
      'pages.graphql',
      `query Pages($first: Int!, $after: String) { repository(owner: "o", name: "n") {
        pullRequests(first: $first, after: $after) { nodes { ${lists.join(' ').replace('files(first: 10) { nodes { id } }', 'files(first: 10) { nodes { path } }')} } } } }`,
    );
    // 1 + 37 × 4 = 149 → 1; 1 + 38 × 4 = 153 → 2; 1 + 400 = 401 → 4.
    expect(await generated()).toContain(
      '/** Points: 1 for a page of up to 37, 4 for one of 100. */\nexport const pagesDocument:',
    );
  });

  it('are none where there is no query', async () => {
    expect(await queriesFile(root)).toEqual([]);
  });

  it.each([
    ['no GraphQL', 'query One {', 'one.graphql: Syntax Error'],
    ['no such field', 'query One { viewer { nothing } }', 'Cannot query field "nothing" on type "User"'],
    [
      'a field that goes away',
      'query One { viewer { repositories(first: 1) { nodes { pullRequests(first: 1) { nodes { databaseId } } } } } }',
      'is deprecated',
    ],
    [
      'a list without a length',
      'query One { viewer { repositories { nodes { id } } } }',
      'repositories needs `first` or `last`',
    ],
    [
      'a list that is too long',
      'query One { viewer { repositories(first: 101) { nodes { id } } } }',
      'can have 1 to 100',
    ],
    ['a variable that nobody uses', 'query One($a: Int) { viewer { id } }', 'Variable "$a" is never used'],
    ['a change', 'mutation One { addStar(input: { starrableId: "x" }) { clientMutationId } }', 'is no query'],
    ['another name', 'query Two { viewer { id } }', "one.graphql: the query's name has to be One"],
    ['two queries', 'query One { viewer { id } } query Two { viewer { id } }', 'a file holds one query'],
    [
      'a fragment that is nowhere',
      'query One { viewer { ...gone } }',
      'one.graphql: there is no fragment gone',
    ],
  ])('are refused: %s', async (_what, text, message) => {
    write('one.graphql', text);
    await expect(queriesFile(root)).rejects.toThrow(message);
  });
});

describe('the queries of this repository', () => {
  it('are what GitHub takes, and their generated file is up to date', async () => {
    // `npm run drift` compares the text; here every query has to be valid, and to be there.
    const files = await queriesFile(repositoryRoot);
    for (const { text } of files) {
      for (const [, query] of text.matchAll(/^ {2}text: (".*"),$/gm)) {
        expect(() => parse(JSON.parse(query ?? '""') as string)).not.toThrow();
      }
    }
  });
});
