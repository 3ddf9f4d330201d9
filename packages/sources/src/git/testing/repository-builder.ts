import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

export interface PersonSpec {
  name: string;
  email: string;
}

export interface CommitSpec {
  /** How the other specs call it; unique within the repository. */
  id: string;
  /** Ids or shas. Default: the newest commit of the branch, none for its first. */
  parents?: readonly string[];
  /** Default: main. The branch is moved to this commit, wherever it was. */
  branch?: string;
  /** Default: the id. */
  message?: string;
  author?: PersonSpec;
  committer?: PersonSpec;
  /** Author date: ISO 8601 or ms since 1970. Default: one hour after the commit that was specified before. */
  at?: string | number;
  /** Committer date. Default: the author date. */
  committedAt?: string | number;
  /** Contents by path; null deletes. Default: one file of its own. */
  files?: Readonly<Record<string, string | null>>;
}

export interface TagSpec {
  name: string;
  /** Id or sha of a commit or other object, or the name of a tag before. */
  target: string;
  /** With a date the tag is annotated, without it lightweight. */
  at?: string | number;
  tagger?: PersonSpec;
  message?: string;
}

export interface RepositorySpec {
  commits?: readonly CommitSpec[];
  tags?: readonly TagSpec[];
  /** Address of `origin`; nothing is ever fetched from it. */
  origin?: string;
  /** Name of the folder, which `local/<folder>` is made of. Default: repository. */
  folder?: string;
  bare?: boolean;
  /** Default: main. */
  defaultBranch?: string;
}

export const defaultPerson: PersonSpec = { name: 'Robin Example', email: 'robin@example.org' };

/** Monday morning; the first commit that names no date of its own. */
const FIRST_COMMIT = Date.parse('2026-01-05T09:00:00Z');
const HOUR_MS = 3_600_000;

/** A real repository in a temporary folder, the same shas every time. */
export class TestRepository {
  readonly path: string;
  readonly #root: string;
  readonly #shas = new Map<string, string>();
  readonly #branches = new Map<string, string>();
  #nextDate = FIRST_COMMIT;

  private constructor(root: string, folder: string) {
    this.#root = root;
    this.path = path.join(root, folder);
  }

  static async make(spec: RepositorySpec = {}): Promise<TestRepository> {
    const root = await realpath(await mkdtemp(path.join(tmpdir(), 'bellwether-git-')));
    const repository = new TestRepository(root, spec.folder ?? 'repository');
    const branch = spec.defaultBranch ?? 'main';
    await runGit(root, [
      'init',
      '--quiet',
      `--initial-branch=${branch}`,
      ...(spec.bare ? ['--bare'] : []),
      repository.path,
    ]);
    if (spec.origin !== undefined) await repository.git('config', 'remote.origin.url', spec.origin);
    await repository.add(spec);
    return repository;
  }

  /** The full sha of a commit by its id. */
  sha(id: string): string {
    const sha = this.#shas.get(id);
    if (sha === undefined) throw new Error(`no commit ${id}`);
    return sha;
  }

  /** Adds commits and tags with one `git fast-import`, moving branches without regard to what they were. */
  async add({ commits = [], tags = [] }: Pick<RepositorySpec, 'commits' | 'tags'>): Promise<void> {
    if (commits.length > 0) await this.#import(commits);
    for (const tag of tags) await this.#tag(tag);
  }

  /** Runs git in the repository, free of the caller's configuration, and returns what it printed. */
  git(...args: string[]): Promise<string> {
    return runGit(this.path, args);
  }

  /** Another folder beside the repository, which goes away with it. */
  beside(name: string): string {
    return path.join(this.#root, name);
  }

  /** Deletes what no ref reaches, as `git gc` does some weeks later. */
  async forgetUnreachable(): Promise<void> {
    await this.git('reflog', 'expire', '--expire=now', '--all');
    await this.git('repack', '-adq');
    await this.git('prune', '--expire=now');
  }

  async dispose(): Promise<void> {
    await rm(this.#root, { recursive: true, force: true });
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.dispose();
  }

  async #import(commits: readonly CommitSpec[]): Promise<void> {
    const marks = new Map<string, number>();
    const stream = commits.map((commit) => {
      const text = this.#commitCommand(commit, marks);
      this.#branches.set(commit.branch ?? 'main', commit.id);
      return text;
    });
    const marksFile = this.beside('marks');
    await runGit(
      this.path,
      ['fast-import', '--quiet', '--force', `--export-marks=${marksFile}`],
      stream.join(''),
    );
    const shaOf = new Map(
      (await readFile(marksFile, 'utf8'))
        .trimEnd()
        .split('\n')
        .map((line) => line.slice(1).split(' ') as [string, string]),
    );
    for (const [id, mark] of marks) this.#shas.set(id, shaOf.get(String(mark))!);
  }

  #commitCommand(commit: CommitSpec, marks: Map<string, number>): string {
    const { id, branch = 'main', message = id, author = defaultPerson, committer = author } = commit;
    const at = toInstant(commit.at ?? this.#nextDate);
    this.#nextDate = at + HOUR_MS;
    const newest = this.#branches.get(branch);
    const parents = commit.parents ?? (newest === undefined ? [] : [newest]);
    const references = parents.map((parent) =>
      marks.has(parent) ? `:${marks.get(parent)!}` : (this.#shas.get(parent) ?? parent),
    );
    const files = Object.entries(commit.files ?? { [`files/${id}.txt`]: id });
    marks.set(id, marks.size + 1);
    return [
      // Else the branch's old commit would become the parent of one that has none.
      `reset refs/heads/${branch}\n`,
      `commit refs/heads/${branch}\nmark :${marks.get(id)!}\n`,
      `author ${signature(author, at)}committer ${signature(committer, toInstant(commit.committedAt ?? at))}`,
      data(message),
      ...references.map((reference, index) => `${index === 0 ? 'from' : 'merge'} ${reference}\n`),
      ...files.map(([name, content]) =>
        content === null ? `D ${quoted(name)}\n` : `M 100644 inline ${quoted(name)}\n${data(content)}`,
      ),
      '\n',
    ].join('');
  }

  async #tag({ name, target, at, tagger = defaultPerson, message = name }: TagSpec): Promise<void> {
    const object = this.#shas.get(target) ?? target;
    if (at === undefined) {
      await this.git('tag', '--force', name, object);
      return;
    }
    const [oid, type] = [await this.git('rev-parse', object), await this.git('cat-file', '-t', object)];
    const text = `object ${oid}\ntype ${type}\ntag ${name}\ntagger ${signature(tagger, toInstant(at))}\n${message}\n`;
    const tag = await runGit(this.path, ['hash-object', '-t', 'tag', '-w', '--stdin'], text);
    await this.git('update-ref', `refs/tags/${name}`, tag);
  }
}

/** Makes a repository for a test; dispose of it afterwards, or declare it with `await using`. */
export function makeRepository(spec: RepositorySpec = {}): Promise<TestRepository> {
  return TestRepository.make(spec);
}

/** Nothing of the machine's or the caller's settings: tests may run inside a git hook. */
export function testGitEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_'));
  return {
    ...Object.fromEntries(kept),
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_AUTHOR_NAME: defaultPerson.name,
    GIT_AUTHOR_EMAIL: defaultPerson.email,
    GIT_AUTHOR_DATE: '2026-03-02T09:00:00Z',
    GIT_COMMITTER_NAME: defaultPerson.name,
    GIT_COMMITTER_EMAIL: defaultPerson.email,
    GIT_COMMITTER_DATE: '2026-03-02T09:00:00Z',
    LC_ALL: 'C',
  };
}

/** Runs git in a folder and returns what it printed, without the last line's end. */
export async function runGit(
  folder: string,
  args: readonly string[],
  input?: string | Buffer,
): Promise<string> {
  const options = { cwd: folder, env: testGitEnvironment(), maxBuffer: 200_000_000 };
  if (input === undefined) {
    return (await promisify(execFile)('git', [...args], options)).stdout.trimEnd();
  }
  const child = spawn('git', [...args], options);
  const output: Buffer[] = [];
  const errors: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => errors.push(chunk));
  child.stdin.end(input);
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`git ${args.join(' ')}: ${Buffer.concat(errors).toString()}`);
  return Buffer.concat(output).toString().trimEnd();
}

function signature({ name, email }: PersonSpec, at: number): string {
  return `${name} <${email}> ${Math.floor(at / 1000)} +0000\n`;
}

function data(text: string): string {
  return `data ${Buffer.byteLength(text)}\n${text}\n`;
}

function quoted(name: string): string {
  return `"${name.replace(/["\\]/g, '\\$&').replaceAll('\n', '\\n')}"`;
}

function toInstant(date: string | number): number {
  const instant = typeof date === 'number' ? date : Date.parse(date);
  if (Number.isNaN(instant)) throw new Error(`no date: ${date}`);
  return instant;
}
