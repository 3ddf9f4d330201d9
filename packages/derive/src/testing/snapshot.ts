import type { DomainCommit, DomainDeployment, DomainSnapshot } from '../domain-snapshot.ts';

/** Monday, 1 January 2024, 00:00 UTC. Tests count hours and days from here. */
export const start = Date.UTC(2024, 0, 1);
export const hour = 3_600_000;
export const day = 24 * hour;

/** A sha that a test can read: `sha('a')` is 40 digits that begin with the code of the letter. */
export function sha(name: string): string {
  return Buffer.from(name).toString('hex').padEnd(40, '0');
}

type CommitInput = { name: string; parents?: string[]; at?: number } & Partial<
  Omit<DomainCommit, 'sha' | 'parents'>
>;

/** A commit by its readable name; authored and committed at `at`. */
export function commit({ name, parents = [], at = start, ...rest }: CommitInput): DomainCommit {
  return {
    sha: sha(name),
    parents: parents.map(sha),
    author_is_bot: false,
    authored_at: at,
    committed_at: at,
    subject: name,
    number: null,
    head_branch: null,
    reverts_sha: null,
    reverts_number: null,
    cherry_picked_from: null,
    has_paths: false,
    paths: [],
    ...rest,
  };
}

/** A counted production release of `commitName`, its ref being its id. */
export function release(
  ref: string,
  commitName: string,
  finishedAt: number | null,
  rest: Partial<DomainDeployment> = {},
): DomainDeployment {
  return {
    deployment_id: ref,
    service: 'app',
    environment: 'production',
    environment_kind: 'production',
    signal: 'tag',
    sha: sha(commitName),
    ref,
    finished_at: finishedAt,
    finished_at_is_exact: true,
    ...rest,
  };
}

export function snapshot(input: Partial<DomainSnapshot> & { head: string }): DomainSnapshot {
  const { head, ...rest } = input;
  return { repo: 'local/app', headSha: sha(head), commits: [], deployments: [], services: [], ...rest };
}
