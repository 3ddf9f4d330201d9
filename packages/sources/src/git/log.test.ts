import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GitClient } from './client.ts';
import { parseLog, type RawCommit, readLog, readReachable } from './log.ts';
import { makeRepository, runGit, type TestRepository } from './testing/repository-builder.ts';

const signal = new AbortController().signal;

async function readAll(
  path: string,
  heads: string[],
  known: string[] = [],
  withPaths = true,
): Promise<RawCommit[]> {
  const found: RawCommit[] = [];
  for await (const piece of readLog(new GitClient(path, signal), { heads, known, withPaths })) {
    found.push(...piece);
  }
  return found;
}

describe('git log', () => {
  let repository: TestRepository;
  beforeAll(async () => {
    repository = await makeRepository({
      commits: [
        { id: 'root', files: { 'a.txt': '1', 'ö/with space': '2', 'line\nbreak': '3' } },
        {
          id: 'main',
          at: '2026-01-06T08:00:00Z',
          committedAt: '2026-01-07T08:00:00Z',
          files: { 'a.txt': null },
        },
        {
          id: 'topic',
          branch: 'topic',
          parents: ['root'],
          message: 'Topic\n\nWith a body\n\nand two paragraphs\n',
        },
        { id: 'empty', branch: 'topic', files: {}, message: 'Empty' },
        { id: 'merge', parents: ['main', 'empty'], files: {}, message: "Merge branch 'topic'" },
      ],
    });
  });
  afterAll(() => repository.dispose());

  it('gives every commit once, children first, with paths against the first parent', async () => {
    const commits = await readAll(repository.path, [repository.sha('merge')]);
    const byId = new Map(commits.map((commit) => [commit.sha, commit]));
    const of = (id: string): RawCommit => byId.get(repository.sha(id))!;
    expect(commits).toHaveLength(5);
    expect(of('root')).toMatchObject({ parents: [], subject: 'root', body: '' });
    expect([...of('root').paths!].sort()).toEqual(['a.txt', 'line\nbreak', 'ö/with space']);
    expect(of('main')).toMatchObject({ authored: '1767686400', committed: '1767772800', paths: ['a.txt'] });
    expect(of('topic')).toMatchObject({ subject: 'Topic', body: 'With a body\n\nand two paragraphs\n' });
    expect(of('empty').paths).toEqual([]);
    expect(of('merge').parents).toEqual([repository.sha('main'), repository.sha('empty')]);
    const place = new Map(commits.map(({ sha }, index) => [sha, index]));
    for (const { sha, parents } of commits) {
      for (const parent of parents) expect(place.get(parent)).toBeGreaterThan(place.get(sha)!);
    }
  });

  it('has what a merge brought, seen from the branch that it was merged into', async () => {
    const tree = await repository.git('rev-parse', `${repository.sha('topic')}^{tree}`);
    const parents = ['-p', repository.sha('main'), '-p', repository.sha('topic')];
    const merge = await repository.git('commit-tree', '-m', 'Merge', ...parents, tree);
    const [commit] = await readAll(
      repository.path,
      [merge],
      parents.filter((word) => word !== '-p'),
    );
    expect([...commit!.paths!].sort()).toEqual(['a.txt', 'files/topic.txt']);
  });

  it('leaves out what is known and everything behind it', async () => {
    const commits = await readAll(repository.path, [repository.sha('merge')], [repository.sha('main')]);
    expect(commits.map(({ sha }) => sha).sort()).toEqual(
      ['topic', 'empty', 'merge'].map((id) => repository.sha(id)).sort(),
    );
  });

  it('reads nothing without a head, and not HEAD in its stead', async () => {
    expect(await readAll(repository.path, [])).toEqual([]);
    const reachable = readReachable(new GitClient(repository.path, signal), { heads: [], known: [] });
    expect(await reachable.next()).toMatchObject({ done: true });
  });

  it('makes UTF-8 of other encodings, and a mark of what is none', async () => {
    const tree = await repository.git('rev-parse', `${repository.sha('root')}^{tree}`);
    const write = (encoding: string, name: Buffer): Promise<string> =>
      runGit(
        repository.path,
        ['hash-object', '-t', 'commit', '-w', '--stdin', '--literally'],
        Buffer.concat([
          Buffer.from(`tree ${tree}\nauthor `),
          name,
          Buffer.from(
            ` <x@example.org> 1767603600 +0000\ncommitter X <x@example.org> -5 +0000\n${encoding}\nZ\0hidden`,
          ),
        ]),
      );
    const latin = await write('encoding ISO-8859-1\n', Buffer.from('J\xfcrgen', 'latin1'));
    const broken = await write('', Buffer.from('J\xfcrgen', 'latin1'));
    const [first] = await readAll(repository.path, [latin]);
    const [second] = await readAll(repository.path, [broken]);
    expect(first).toMatchObject({ authorName: 'Jürgen', committed: '', subject: 'Z' });
    expect(second).toMatchObject({ authorName: 'J\ufffdrgen', committed: '', subject: 'Z' });
  });
});

describe('the output of git log', () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 12 }).map((value) => value.replaceAll('\0', ''));
  const path = text.filter((value) => value !== '' && !value.startsWith('\n'));
  const commit = fc.record({
    sha: fc.constant('a'.repeat(40)),
    parents: fc.array(fc.constantFrom('b'.repeat(40), 'c'.repeat(40)), { maxLength: 2 }),
    authorName: text,
    authorEmail: text,
    authored: text,
    committed: text,
    subject: text,
    body: text,
    paths: fc.array(path, { maxLength: 3 }),
  });

  it('is read the same wherever the pieces are cut', async () => {
    const marker = 'commit:0011:';
    await fc.assert(
      fc.asyncProperty(
        fc.array(commit),
        fc.infiniteStream(fc.integer({ min: 1, max: 20 })),
        async (commits, cuts) => {
          const output = Buffer.from(commits.map((each) => printed(each, marker)).join(''));
          const found: RawCommit[] = [];
          for await (const piece of parseLog(cut(output, cuts), marker, true)) found.push(...piece);
          expect(found).toEqual(commits);
        },
      ),
    );
  });

  function printed(commit: RawCommit, marker: string): string {
    const { sha, parents, authorName, authorEmail, authored, committed, subject, body, paths } = commit;
    const fields = [
      marker + sha,
      parents.join(' '),
      authorName,
      authorEmail,
      authored,
      committed,
      subject,
      body,
    ];
    const files = paths!.length === 0 ? '' : `\n${paths!.join('\0')}\0`;
    return `${fields.join('\0')}\0${files}`;
  }

  async function* cut(bytes: Buffer, sizes: Iterable<number>): AsyncGenerator<Buffer> {
    let at = 0;
    for (const size of sizes) {
      if (at >= bytes.length) return;
      yield bytes.subarray(at, at + size);
      at += size;
    }
  }
});
