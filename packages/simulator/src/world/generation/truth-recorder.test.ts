import { beforeEach, describe, expect, it } from 'vitest';
import { emptyWorld } from '../empty-world.ts';
import type { World } from '../model.ts';
import {
  type MainEntry,
  type ProductionRecord,
  recordDeployment,
  type Recorded,
  recordFailure,
  recordRollback,
  type ServiceRecord,
} from './truth-recorder.ts';

const hour = 3_600_000;
const monday = Date.UTC(2026, 0, 5);
/** Hours after that Monday. */
const at = (hours: number) => monday + hours * hour;

const production = (environment: string): ProductionRecord => ({
  environment,
  history: [],
  carriedUpTo: -1,
  carriedBy: new Map(),
});

let world: World;
let main: MainEntry[];
let eu: ProductionRecord;
let us: ProductionRecord;
let shop: ServiceRecord;

beforeEach(() => {
  world = emptyWorld({ seed: 1, now: monday });
  main = [];
  eu = production('production-eu');
  us = production('production-us');
  const repository = { repository: 'tools', main, productions: [eu, us] };
  shop = { ...repository, service: 'shop', deliveredUpTo: -1, deliveredNumbers: new Set() };
});

/** Pull request `number`, first authored in that hour. */
function merge(number: number, authored: number, more: Partial<MainEntry> = {}): void {
  const services = new Set(['shop']);
  const entry = { number, firstAuthoredAt: at(authored), services, reverts: null, isHotfix: false };
  main.push({ ...entry, sha: `sha-of-${number}`, ...more });
}

/** The default branch as it is, deployed in that hour. */
function deployHead(id: string, hours: number, to = eu): Recorded {
  const revision = { sha: main.at(-1)!.sha, position: main.length - 1, hotfix: null };
  return recordDeployment(world, shop, to, { id, revision, finishedAt: at(hours) });
}

function delivered(): string[] {
  return world.truth.deliveries.map(({ number, deploymentId, firstAuthoredAt, deployedAt }) => {
    return `#${number} by ${deploymentId} after ${(deployedAt - firstAuthoredAt) / hour} h`;
  });
}

describe('deliveries', () => {
  it('are by the first deployment that has the change; the first deployment ever delivers nothing', () => {
    merge(1, 0);
    deployHead('V1', 2);
    merge(2, 1);
    merge(3, 3);
    deployHead('V2', 5);
    deployHead('V2 again', 6);
    merge(4, 6);
    deployHead('V3', 10);
    // 5 − 1, 5 − 3, 10 − 6.
    expect(delivered()).toEqual(['#2 by V2 after 4 h', '#3 by V2 after 2 h', '#4 by V3 after 4 h']);
    expect(world.truth.deployments.map(({ isFirst }) => isFirst)).toEqual([true, false, false, false]);
  });

  it('count once where there are several productions, and for the service that the change is of', () => {
    merge(1, 0);
    deployHead('eu 1', 1);
    deployHead('us 1', 2, us);
    merge(2, 3);
    merge(3, 3, { services: new Set(['search']) });
    deployHead('us 2', 5, us);
    deployHead('eu 2', 8);
    expect(delivered()).toEqual(['#2 by us 2 after 2 h']);
  });

  it('tell commits without a pull request apart', () => {
    merge(1, 0);
    deployHead('V1', 1);
    main.push({ ...main[0]!, number: null, sha: 'pushed', firstAuthoredAt: at(2) });
    deployHead('V2', 3);
    deployHead('us', 4, us);
    expect(delivered()).toEqual([]);
    expect(world.truth.directDeliveries).toEqual([
      {
        repository: 'tools',
        service: 'shop',
        deploymentId: 'V2',
        sha: 'pushed',
        firstAuthoredAt: at(2),
        deployedAt: at(3),
      },
    ]);
  });

  it('happen before the merge where a hotfix is deployed from its branch', () => {
    merge(1, 0);
    deployHead('V1', 1);
    merge(2, 2);
    const broken = deployHead('V2', 3);
    const hotfix = { ...main[0]!, number: 3, sha: 'fix', firstAuthoredAt: at(4), isHotfix: true };
    const revision = { sha: 'fix', position: 1, hotfix };
    recordDeployment(world, shop, eu, { id: 'V3', revision, finishedAt: at(5) });
    main.push({ ...hotfix, sha: 'merge-of-3' });
    merge(4, 5);
    deployHead('V4', 9);
    expect(delivered()).toEqual(['#2 by V2 after 1 h', '#3 by V3 after 1 h', '#4 by V4 after 4 h']);
    expect(broken.deployment.failure).toMatchObject({ cause: 'hotfix', failedAt: at(3), recoveredAt: at(5) });
    expect(world.truth.deployments.map(({ isRework }) => isRework)).toEqual([false, false, true, false]);
  });
});

describe('failures', () => {
  it('of a rollback are those of the first revision that it undid', () => {
    merge(1, 0);
    const v1 = deployHead('V1', 1);
    merge(2, 2);
    const v2 = deployHead('V2', 3);
    merge(3, 4);
    const v3 = deployHead('V3', 5);
    const back = recordDeployment(world, shop, eu, {
      id: 'V1 again',
      revision: v1.revision,
      finishedAt: at(6),
    });
    recordRollback(v2, back);

    const rollback = { cause: 'rollback', incidentNumber: null, failedAt: at(3), recoveredAt: at(6) };
    expect(v2.deployment.failure).toEqual(rollback);
    expect([v1, v3, back].map(({ deployment }) => deployment.failure)).toEqual([null, null, null]);
    expect(back.deployment.isRework).toBe(true);
    expect(delivered()).toEqual(['#2 by V2 after 1 h', '#3 by V3 after 1 h']);
  });

  it('of a revert are those of the deployment that had brought the change', () => {
    merge(1, 0);
    deployHead('V1', 1);
    merge(2, 2);
    const v2 = deployHead('V2', 3);
    merge(3, 4, { reverts: 2 });
    const v3 = deployHead('V3', 6);
    expect(v2.deployment.failure).toMatchObject({ cause: 'revert', failedAt: at(3), recoveredAt: at(6) });
    expect(v3.deployment).toMatchObject({ failure: null, isRework: true });
  });

  it('are none where change and revert come together, and unknown where the first deployment had the change', () => {
    merge(1, 0);
    const v1 = deployHead('V1', 1);
    merge(2, 2);
    merge(3, 3, { reverts: 2 });
    const v2 = deployHead('V2', 4);
    merge(4, 5, { reverts: 1 });
    const v3 = deployHead('V3', 6);
    expect([v1, v2, v3].map(({ deployment }) => deployment.failure)).toEqual([null, null, null]);
    expect([v1, v2, v3].map(({ deployment }) => deployment.isRework)).toEqual([false, false, true]);
  });

  it('keep the strongest evidence, and the incident in any case', () => {
    merge(1, 0);
    const v1 = deployHead('V1', 1);
    merge(2, 2);
    const v2 = deployHead('V2', 3);
    recordFailure(v2, 'incident', { failedAt: at(4), recoveredAt: null }, 17);
    expect(v2.deployment.failure).toMatchObject({ cause: 'incident', failedAt: at(4), recoveredAt: null });
    const back = recordDeployment(world, shop, eu, {
      id: 'V1 again',
      revision: v1.revision,
      finishedAt: at(6),
    });
    recordRollback(v2, back);
    const rollback = { cause: 'rollback', incidentNumber: 17, failedAt: at(3), recoveredAt: at(6) };
    expect(v2.deployment.failure).toEqual(rollback);
    recordFailure(v2, 'hotfix', { failedAt: at(3), recoveredAt: at(9) });
    expect(v2.deployment.failure).toEqual(rollback);
  });
});
