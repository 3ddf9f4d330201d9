import { createHash } from 'node:crypto';
import type { OpenContext, SourceSession } from '../source.ts';
import { type Clone, openClone } from './clone.ts';
import { type DefaultBranch, findDefaultBranch } from './default-branch.ts';
import { currentName } from './forge.ts';
import { type FoundObject, readObjects } from './objects.ts';
import { readsPaths } from './paths-mode.ts';
import { readRefs, type RefList } from './refs.ts';

/** What a run of this source reads: a clone on this disk. */
export interface GitTarget {
  /** Any folder of the clone, absolute or relative to the working folder. */
  readonly path: string;
  /** Overrides the name taken from origin or the folder: `<host>/<owner>/<name>`. */
  readonly repo?: string | undefined;
}

/** What a ref's object turned out to be, once tags are peeled. */
export type Peeled = { readonly commit: string } | { readonly type: string } | null;

/** One clone at one moment. What costs something is found out on first use and kept. */
export interface GitSession extends SourceSession {
  readonly clone: Clone;
  readonly refs: RefList;
  /** Says which folder of this machine it is, without naming it. */
  readonly place: string;
  /** Stands for everything that decides what the streams find, refs and settings; equal means that nothing is new. */
  readonly state: string;
  /** By object id: the commit behind it, its type if it is none, null if it cannot be read. */
  peeled(): Promise<ReadonlyMap<string, Peeled>>;
  defaultBranch(): Promise<DefaultBranch>;
  hasPaths(): Promise<boolean>;
  /** Stands for everything besides the commits themselves that decides how they are mapped. */
  mapping(): Promise<string>;
}

/** Changes when a mapper changes what it makes of the same commit, so that everything is read again. */
const MAPPING_VERSION = 2;

/** Without `stored` the clone is called what it calls itself. */
export type OpenSessionContext = Pick<OpenContext, 'config' | 'secret' | 'signal'> &
  Partial<Pick<OpenContext, 'stored'>>;

export async function openSession(
  target: GitTarget,
  { config, secret, signal, stored }: OpenSessionContext,
  executable?: string,
): Promise<GitSession> {
  const clone = await openClone(target.path, { signal, executable });
  const refs = await readRefs(clone.git);
  const peeled = once(() => peelRefs(clone, refs));
  const defaultBranch = once(async () => {
    const all = await peeled();
    return findDefaultBranch(clone.git, refs, (oid) => commitOf(all, oid));
  });
  const hasPaths = once(async () => readsPaths(clone, config.git.paths, (await defaultBranch()).headSha));
  const ownName = target.repo ?? clone.ownName;
  const repo = stored ? await currentName(stored, ownName) : ownName;
  const { boundary, filter } = clone;
  const services = config.services.filter((service) => service.repo === repo);
  return {
    repo,
    clone,
    refs,
    place: digest(['place', clone.commonDir]),
    state: digest([MAPPING_VERSION, repo, refs, boundary, filter, config.git, config.bots, services, secret]),
    peeled,
    defaultBranch,
    hasPaths,
    mapping: once(async () => digest([MAPPING_VERSION, await hasPaths(), boundary, config.bots, secret])),
  };
}

/** The commit that an object id stands for; null where there is none. */
export function commitOf(peeled: ReadonlyMap<string, Peeled>, oid: string): string | null {
  const found = peeled.get(oid) ?? null;
  return found !== null && 'commit' in found ? found.commit : null;
}

/** A short fingerprint. Of the secret no more than that it changed can be learnt from it. */
export function digest(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 32);
}

async function peelRefs({ git }: Clone, { refs, headOid }: RefList): Promise<Map<string, Peeled>> {
  const oids = new Set(refs.map(({ oid }) => oid));
  if (headOid !== null) oids.add(headOid);
  const peeled = new Map<string, Peeled>();
  const requests = [...oids].map((oid) => `${oid}^{}`);
  for await (const piece of readObjects(git, requests, { withContent: false })) {
    for (const { request, object } of piece) peeled.set(request.slice(0, -'^{}'.length), toPeeled(object));
  }
  return peeled;
}

function toPeeled(object: FoundObject['object']): Peeled {
  if (object === null) return null;
  return object.type === 'commit' ? { commit: object.oid } : { type: object.type };
}

function once<T>(work: () => Promise<T>): () => Promise<T> {
  let result: Promise<T> | undefined;
  return () => (result ??= work());
}
