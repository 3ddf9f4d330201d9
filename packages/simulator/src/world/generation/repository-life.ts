import type { Team } from '../model.ts';
import { pushToDefaultBranch } from '../mutations/commits.ts';
import { createRelease, setTag } from '../mutations/releases.ts';
import { addRepository, archiveRepository } from '../mutations/repositories.ts';
import { addWorkflow } from '../mutations/workflow-runs.ts';
import { changeTitle, repositoryName, slug } from '../names.ts';
import type { Random } from '../random.ts';
import type { Announcer } from './announcements.ts';
import { type Generation, isMonorepo, type Life, members, week } from './context.ts';
import { runChecks } from './continuous-integration.ts';
import { addExactPullRequests } from './exact-pull-requests.ts';
import { breakProduction, findLatentFailure, planUnrelatedIncidents } from './failures.ts';
import { addGiants } from './giants.ts';
import { beginPullRequest } from './pull-request-life.ts';
import { planReleases, type ReleaseLine } from './release-line.ts';
import { protect, writeFirstFiles } from './repository-files.ts';
import { drawKind, drawServices, drawStyle } from './repository-style.ts';
import type { ProductionRecord } from './truth-recorder.ts';

export interface Place {
  readonly index: number;
  readonly count: number;
  readonly teams: readonly Team[];
}

/** Creates the repository at its time, and plans all that will happen in it. */
export function planRepository(generation: Generation, random: Random, { index, count, teams }: Place): void {
  const { schedule, start, end, parameters } = generation;
  // Measured repositories are all alike.
  const kind = parameters.pullRequests.exact ? 'service' : drawKind(random, parameters, index);
  const style = drawStyle(random, parameters, { index, kind });
  const services = drawServices(random, parameters, { index, kind });
  const isYoung = index > 2 && random.chance(parameters.repositories.youngShare);
  const createdAt = start + (isYoung ? random.next() * (end - start) * 0.7 : index * 1000);

  schedule.at(createdAt, (at) => {
    const { world } = generation;
    const repository = addRepository(
      world,
      {
        name: repositoryName(index),
        visibility: random.weighted({ PRIVATE: 7, INTERNAL: 2, PUBLIC: 1 }),
        isFork: kind === 'fork',
        defaultBranch: random.chance(0.1) ? 'master' : 'main',
        primaryLanguage: kind === 'empty' ? null : random.pick(['TypeScript', 'Go', 'Kotlin', 'Python']),
        services,
      },
      at,
    );
    if (kind === 'empty') return;
    const team = teams[index % teams.length]!;
    const others = teams.filter((other) => other !== team && random.chance(0.5));
    writeFirstFiles(world, repository, parameters, random, { team, others }, at);
    protect(world, repository, parameters, random, at);
    const ciWorkflow = addWorkflow(world, repository, { name: 'CI', path: '.github/workflows/ci.yml' });
    world.truth.signals.set(repository.name, style.signal);

    const life: Life = {
      ...generation,
      schedule: {
        ...schedule,
        // Archived is read-only: what was planned does not happen any more.
        at: (instant, action) =>
          schedule.at(instant, (when) => {
            if (!repository.isArchived) action(when);
          }),
      },
      repository,
      random,
      style,
      team,
      ciWorkflow,
      main: [],
      onMain: [],
    };
    noteDirect(life, at);
    live(life, { index, count, isQuiet: kind === 'fork' }, at);
    if (kind === 'archived') {
      const archivedAt = at + (end - at) * (0.4 + random.next() * 0.4);
      schedule.at(archivedAt, (when) => archiveRepository(world, repository, when));
    }
  });
}

function live(
  life: Life,
  { index, count, isQuiet }: { index: number; count: number; isQuiet: boolean },
  at: number,
): void {
  const { parameters, repository, style } = life;
  const { exact, botPerWeek, directPushesPerWeek, giantsFrom } = parameters.pullRequests;
  if (exact) {
    addExactPullRequests(life, exact, at);
    return;
  }
  const share = isQuiet ? 0.1 : 1;
  every(life, style.pullRequestsPerWeek * share, at, (when) => {
    const author = life.random.pick(members(life));
    life.schedule.at(life.working.atWork(when, author.timeZone, life.random), (then) =>
      beginPullRequest(life, author, then),
    );
  });
  every(life, botPerWeek * share, at, (when) => beginPullRequest(life, life.bots.updates, when));
  if (index === 0 && count >= giantsFrom) addGiants(life, at);
  planBackground(life, at);
  if (isQuiet) return;
  // Nobody could tell which service of a monorepo such a commit belongs to.
  if (!isMonorepo(repository)) every(life, directPushesPerWeek, at, (when) => pushDirectly(life, when));
  for (const { name } of repository.services) {
    const line = releaseLine(life, name);
    planReleases(line, at);
    planUnrelatedIncidents(line, at);
  }
}

/** What runs by itself, and what looks like a release and is none. */
function planBackground(life: Life, at: number): void {
  const { world, repository, random, parameters, style, bots } = life;
  const branch = repository.defaultBranch;
  const head = () => repository.branches.get(branch)!;
  every(life, parameters.ci.scheduledPerWeek, at, (when) => {
    runChecks(life, { event: 'schedule', branch, sha: head(), actor: bots.updates }, when);
  });
  if (style.hasNightlyTag) {
    every(life, 1, at, (when) => {
      setTag(world, repository, { name: 'nightly', commitSha: head(), annotation: null }, when);
    });
  }
  if (style.signal === 'release') {
    every(life, parameters.deployments.preReleasesPerWeek, at, (when) => {
      const tagName = `v${random.integer(2, 9)}.0.0-rc.${world.counters.databaseId}`;
      const annotation = { tagger: bots.deploys, message: `Release candidate ${tagName}` };
      setTag(world, repository, { name: tagName, commitSha: head(), annotation }, when);
      createRelease(world, repository, { tagName, author: bots.deploys, isPrerelease: true }, when);
    });
  }
}

/** So often a week, at times that do not know of each other. */
function every(
  { schedule, random, end }: Life,
  perWeek: number,
  from: number,
  action: (at: number) => void,
): void {
  if (perWeek <= 0) return;
  const next = (after: number) => {
    const at = after + random.exponential(week / perWeek);
    if (at > end) return;
    schedule.at(at, (when) => {
      action(when);
      next(at);
    });
  };
  next(from);
}

function pushDirectly(life: Life, at: number): void {
  const { world, repository, random } = life;
  const author = random.pick(members(life));
  pushToDefaultBranch(world, repository, { author, authoredAt: at, message: changeTitle(random) }, at);
  noteDirect(life, at);
  for (const notify of life.onMain) notify(at);
}

function noteDirect({ repository, main }: Life, at: number): void {
  main.push({
    sha: repository.branches.get(repository.defaultBranch)!,
    number: null,
    firstAuthoredAt: at,
    services: new Set(repository.services.map(({ name }) => name)),
    reverts: null,
    isHotfix: false,
  });
}

function releaseLine(life: Life, service: string): ReleaseLine {
  const { world, repository, style } = life;
  const inName =
    isMonorepo(repository) && style.signal === 'deployment' && style.serviceIsIn === 'environment';
  const named = (environment: string) => (inName ? `${service}-${environment}` : environment);
  const deployName = isMonorepo(repository) ? `Deploy ${service}` : 'Deploy';
  const announcer: Announcer = {
    life: inName ? { ...life, style: { ...style, stages: style.stages.map(named) } } : life,
    service,
    workflow:
      style.signal === 'workflow'
        ? addWorkflow(world, repository, {
            name: deployName,
            path: `.github/workflows/${slug(deployName)}.yml`,
          })
        : null,
    active: new Map(),
    releasesOf: style.alsoReleases ? named(style.productions[0]!) : null,
    version: [1, 0, 0],
  };
  const productions = style.productions.map((environment): ProductionRecord => ({
    environment: named(environment),
    history: [],
    carriedUpTo: -1,
    carriedBy: new Map(),
  }));
  return {
    life: announcer.life,
    announcer,
    repository: repository.name,
    service,
    main: life.main,
    productions,
    deliveredUpTo: -1,
    deliveredNumbers: new Set(),
    isBusy: false,
    onBroken: breakProduction,
    latent: null,
    onLatentFound: findLatentFailure,
  };
}
