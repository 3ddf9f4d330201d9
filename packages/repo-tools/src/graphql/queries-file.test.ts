import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import ts from 'typescript';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { repositoryRoot } from '../workspaces/root.ts';
import { describeDrift, findDrift, writeFiles } from '../registries/drift.ts';
import { type GeneratedFile, generateFiles } from '../registries/generated-files.ts';
import { queriesFile } from './queries-file.ts';
import { readQueryFiles } from './query-files.ts';
import { findingsOf } from './query-findings.ts';
import { type Price, priceOf } from './query-price.ts';
import { githubSchema } from './schema.ts';
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

describe('drift', () => {
  it('names the generated file when a query has changed', async () => {
    write('repository-facts.graphql', `${repositoryQuery} ${factsFragment}`);
    const files = (): Promise<GeneratedFile[]> => generateFiles(root, [], [queriesFile]);
    writeFiles(root, await files());
    expect(describeDrift(findDrift(root, await files(), []))).toBe('');
    write('repository-facts.graphql', `${repositoryQuery} ${factsFragment.replace(' diskUsage', '')}`);

    expect(describeDrift(findDrift(root, await files(), []))).toBe(
      `${queriesFolder}/generated.ts does not agree with the queries of ${queriesFolder}\nRun: npm run registries`,
    );
  });
});

describe('the queries of this repository', () => {
  /** The largest page for a point, and what one of 100 costs; any other query costs a point whatever its page. */
  const dearer: Readonly<Record<string, readonly [number, number]>> = {
    // 1 + 6 lists × 24 = 145 requests; × 25 = 151, which is two points.
    'pull-requests': [24, 6],
    'pull-requests-by-id': [24, 6],
    'organisation-probe': [29, 4],
  };
  const queries = readQueryFiles(repositoryRoot);
  const { schema } = githubSchema();

  it('are there', () => {
    expect(queries.map(({ name }) => name)).toEqual(expect.arrayContaining(Object.keys(dearer)));
  });

  it.each(queries.map(({ name, document }) => ({ name, document })))(
    '$name is valid and costs what it did',
    ({ name, document }) => {
      const price = (size: number): Price =>
        priceOf(document, { first: size, ids: Array<string>(size).fill('x') }, schema);
      const [largest, points] = dearer[name] ?? [100, 1];
      expect(findingsOf({ name, operation: '', constant: '', document }, schema)).toEqual([]);
      expect([price(largest).points, price(100).points]).toEqual([1, points]);
      expect(price(100).nodes).toBeLessThan(500_000);
    },
  );
});
