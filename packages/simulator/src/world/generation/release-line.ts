import { type Announcer, announce } from './announcements.ts';
import { day, hour, type Life, minute } from './context.ts';
import {
  type MainEntry,
  type ProductionRecord,
  recordDeployment,
  type Recorded,
  type Revision,
  type ServiceRecord,
} from './truth-recorder.ts';
import type { WorkflowRun } from '../model.ts';

/** One service on its way to production, release by release. */
export interface ReleaseLine extends ServiceRecord {
  readonly life: Life;
  readonly announcer: Announcer;
  readonly main: MainEntry[];
  /** A release is under way, or a failure is being repaired: no regular release begins. */
  isBusy: boolean;
  /** Called with each bad release; takes over the line until it has set `isBusy` back. */
  readonly onBroken: (line: ReleaseLine, broken: Recorded, production: ProductionRecord, at: number) => void;
  /** A bad release that nobody has noticed yet, and what to go back to once one more has been deployed. */
  latent: { readonly broken: Recorded; readonly target: Recorded } | null;
  readonly onLatentFound: (line: ReleaseLine, at: number) => void;
}

const everyDays = { continuous: 0, daily: 1, weekly: 7, monthly: 30 };

/** Releases when its rhythm says so and there is something to release. */
export function planReleases(line: ReleaseLine, at: number): void {
  const { life } = line;
  const { random, schedule, style, working, team, world } = life;
  const firstMember = [...team.memberIds].map((id) => world.users.get(id)!)[0];
  const timeZone = firstMember?.timeZone ?? 'UTC';

  if (style.rhythm === 'continuous') {
    life.onMain.push((when) =>
      schedule.at(when + random.integer(2, 25) * minute, (then) => releaseNews(line, then)),
    );
  }
  // A continuous line looks once a day for what came in while it was busy.
  const interval = Math.max(1, everyDays[style.rhythm]) * day;
  const tick = (when: number) => {
    releaseNews(line, when);
    const next = when + interval + (random.next() - 0.5) * 4 * hour;
    schedule.at(working.atWork(next, timeZone, random), tick);
  };
  schedule.at(working.atWork(at + random.next() * interval, timeZone, random), tick);
}

/** Does nothing while the line is busy or when the default branch has nothing new for the service. */
function releaseNews(line: ReleaseLine, at: number): void {
  if (line.isBusy) return;
  const newest = Math.max(...line.productions.map(({ carriedUpTo }) => carriedUpTo));
  const news = line.main.slice(newest + 1).some(({ services }) => services.has(line.service));
  if (news) releaseHead(line, { isRepair: false }, at);
}

export interface ReleaseOptions {
  /** A repair is not broken itself, and skips the environments before production. */
  readonly isRepair: boolean;
  readonly onDone?: (at: number) => void;
}

/** Releases what the default branch has now, to each production in turn. */
export function releaseHead(line: ReleaseLine, options: ReleaseOptions, at: number): void {
  const position = line.main.length - 1;
  const revision = { sha: line.main[position]!.sha, position, hotfix: null };
  line.isBusy = true;
  if (options.isRepair) rollOut(line, revision, 0, options, at);
  else passStages(line, revision, 0, options, at);
}

function passStages(
  line: ReleaseLine,
  revision: Revision,
  stage: number,
  options: ReleaseOptions,
  at: number,
): void {
  const { random, parameters, style, repository, schedule } = line.life;
  const environment = style.stages[stage];
  if (environment === undefined) {
    rollOut(line, revision, 0, options, at);
    return;
  }
  const succeeds = !random.chance(parameters.deployments.failedAttemptShare);
  const attempt = { environment, sha: revision.sha, ref: repository.defaultBranch, succeeds };
  announce(line.announcer, attempt, at, (ended) => {
    const next = succeeds ? stage + 1 : stage;
    const again = ended.at + random.integer(2, 40) * minute;
    schedule.at(again, (when) => passStages(line, revision, next, options, when));
  });
}

function rollOut(
  line: ReleaseLine,
  revision: Revision,
  index: number,
  options: ReleaseOptions,
  at: number,
): void {
  const { random, parameters, schedule, repository } = line.life;
  const production = line.productions[index];
  if (production === undefined) {
    line.isBusy = false;
    options.onDone?.(at);
    return;
  }
  deploy(line, production, { revision, ref: repository.defaultBranch }, at, (recorded, endedAt) => {
    const isSound = options.isRepair || recorded.deployment.isFirst;
    if (line.latent) {
      line.onLatentFound(line, endedAt);
    } else if (!isSound && !recorded.deployment.isRework && random.chance(parameters.failures.share)) {
      // Whoever has several productions does not go on with a broken one.
      line.onBroken(line, recorded, production, endedAt);
    } else if (line.productions[index + 1] === undefined) {
      rollOut(line, revision, index + 1, options, endedAt);
    } else {
      const next = endedAt + random.integer(10, 60) * minute;
      schedule.at(next, (when) => rollOut(line, revision, index + 1, options, when));
    }
  });
}

/** Tries until it has succeeded, and records that. */
export function deploy(
  line: ReleaseLine,
  production: ProductionRecord,
  target: { readonly revision: Revision; readonly ref: string },
  at: number,
  onDeployed: (recorded: Recorded, at: number) => void,
  retried: WorkflowRun | null = null,
): void {
  const { world, random, parameters, schedule } = line.life;
  const { environment } = production;
  const { revision, ref } = target;
  const succeeds = !random.chance(parameters.deployments.failedAttemptShare);
  announce(line.announcer, { environment, sha: revision.sha, ref, succeeds, retried }, at, (ended) => {
    if (succeeds) {
      onDeployed(
        recordDeployment(world, line, production, { id: ended.id, revision, finishedAt: ended.at }),
        ended.at,
      );
      return;
    }
    const again = ended.at + random.integer(5, 90) * minute;
    const run = random.chance(0.5) ? ended.run : null;
    schedule.at(again, (when) => deploy(line, production, target, when, onDeployed, run));
  });
}
