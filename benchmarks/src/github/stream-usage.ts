import type { SimulatedGitHub } from '@bellwether/simulator';

/** What a stream asked for. */
export interface StreamUsage {
  readonly stream: string;
  readonly requests: number;
  readonly points: number;
}

/** Whose queries and resources are whose: a request that nobody claims is an error of the benchmark. */
const streams: readonly (readonly [stream: string, pattern: RegExp])[] = [
  ['pull-requests', /^PullRequest/],
  ['discovery', /^(OrganisationProbe|RepositoryProbe|RepositoriesById)$|^GET \/rate_limit$/],
  ['open items', /^Light/],
  ['teams', /^(OrganisationTeams|TeamMembers)$/],
  ['code-owners', /^CodeOwners$/],
  ['branch-rules', /^(BranchProtections|Rulesets)$/],
  ['commits', /^CommitHistory$/],
  ['deployments', /^Deployment/],
  ['releases', /^Releases$/],
  ['tags', /^Tags$/],
  ['builds', /^(SuiteJobs|SuiteStates|Jobs)|\/actions\/runs/],
  ['incidents', /^Issues/],
];

/** What the server counted, by stream; git is one of them, and free. */
export function usageByStream({ usage }: SimulatedGitHub): StreamUsage[] {
  const asked = [
    ...[...usage.queries].map(([name, { requests, points }]) => ({ name, requests, points })),
    ...[...usage.routes].map(([name, requests]) => ({ name, requests, points: 0 })),
  ];
  const found = new Map<string, { requests: number; points: number }>(
    streams.map(([stream]) => [stream, { requests: 0, points: 0 }]),
  );
  for (const { name, requests, points } of asked) {
    const sum = found.get(streams.find(([, pattern]) => pattern.test(name))?.[0] ?? '');
    if (sum === undefined) throw new Error(`${name} belongs to no stream`);
    sum.requests += requests;
    sum.points += points;
  }
  return [
    ...[...found].map(([stream, sum]) => ({ stream, ...sum })),
    { stream: 'mirror (git)', requests: usage.gitRequests, points: 0 },
  ];
}
