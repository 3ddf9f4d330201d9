import type { OpenContext } from '../source.ts';
import { fetchRepository, repositoryMissing } from './discovery/probe.ts';
import { mapHint, nameOf, type ProbedHint } from './discovery/hint.ts';
import { type KnownPeople, loadKnownPeople } from './known-people.ts';
import { createPeople } from './people.ts';
import type { GitHubSession, GitHubTarget } from './session.ts';

/** A target as discovery makes it. */
export interface ProbedTarget extends GitHubTarget {
  readonly hint: ProbedHint | null;
  /** Whom the warehouse knows, read once for a whole run; null: each session reads it. */
  readonly known: Promise<KnownPeople> | null;
}

/** A session that knows what the probe saw of its repository. */
export interface ProbedSession extends GitHubSession {
  readonly target: ProbedTarget;
  readonly hint: ProbedHint;
}

/**
 * Opens a repository. Costs no request where discovery has seen it.
 *
 * @throws BellwetherError `github-repository-not-found`
 */
export async function openSession(target: ProbedTarget, context: OpenContext): Promise<ProbedSession> {
  const { api } = target;
  const hint = target.hint ?? (await fetchHint(target));
  const { owner, name } = hint.probe;
  return {
    repo: nameOf(api.host, hint.probe),
    target,
    api,
    owner: owner.login,
    name,
    hint,
    people: createPeople({
      secret: context.secret,
      host: api.host,
      config: context.config,
      known: await (target.known ?? loadKnownPeople(context.stored, api.host)),
    }),
  };
}

async function fetchHint({ api, owner, name }: ProbedTarget): Promise<ProbedHint> {
  const probe = await fetchRepository(api, owner, name);
  if (probe === null) throw repositoryMissing(`${api.host}/${owner}/${name}`);
  return mapHint(probe);
}
