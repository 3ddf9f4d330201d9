import { WITHHELD } from '@bellwether/core';
import type { Warehouse } from '@bellwether/warehouse';
import { findMetric } from '../catalogue.ts';
import { runQuery } from '../query/run.ts';
import type { ReportRequest, ReportWindow } from './report.ts';
import {
  cannotBeShown,
  partDimensions,
  type ScopeDimension,
  scopeDimensions,
  scopeFilters,
} from './scope.ts';

/** What a scope is divided into. */
export interface Parts {
  by: ScopeDimension;
  /** Busiest first: those that did something in the window. */
  active: readonly string[];
  quiet: readonly string[];
}

/**
 * By what the scope is shown side by side: the first dimension of which it holds several.
 *
 * @returns null where it holds several of nothing
 */
export async function findParts(
  warehouse: Pick<Warehouse, 'query'>,
  request: ReportRequest,
  window: ReportWindow,
): Promise<Parts | null> {
  for (const by of partDimensions(request.scope)) {
    const names = await activityBy(warehouse, request, window, by);
    const known = [...names].filter(([name]) => name !== '' || by === 'service');
    if (known.length < 2) continue;
    const sorted = known.sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
    return {
      by,
      active: sorted.filter(([, n]) => n > 0).map(([name]) => name),
      quiet: sorted.filter(([, n]) => n === 0).map(([name]) => name),
    };
  }
  return null;
}

/** How much each name deployed, and for teams, whose members deliver through services of others: delivered. */
async function activityBy(
  warehouse: Pick<Warehouse, 'query'>,
  { scope, timeZone }: Pick<ReportRequest, 'scope' | 'timeZone'>,
  { since, until }: Pick<ReportWindow, 'since' | 'until'>,
  by: ScopeDimension,
): Promise<Map<string, number>> {
  const isOfPeople = by === 'team' || by === 'team_group';
  const activity = new Map<string, number>();
  for (const id of ['deployment_frequency', ...(isOfPeople ? ['change_lead_time'] : [])]) {
    const filters = scopeFilters(scope, findMetric(id));
    if (filters === null) continue;
    const figures = await runQuery(warehouse, {
      metric: id,
      period: { since, until, grain: 'whole', timeZone },
      filters,
      groupBy: [by],
    });
    for (const { group, total } of figures) {
      const name = String(group[by]);
      activity.set(name, (activity.get(name) ?? 0) + total);
    }
  }
  return activity;
}

const ever = { since: 0, until: 4_102_444_800_000 };

/** The teams of which anything can be shown, sorted. */
export async function shownTeams(
  warehouse: Pick<Warehouse, 'query'>,
  timeZone: string,
): Promise<readonly string[]> {
  const active = await activityBy(warehouse, { scope: {}, timeZone }, ever, 'team');
  return [...active.keys()].filter((name) => name !== WITHHELD && name !== '').sort();
}

/**
 * Names that a scope was asked for by and that no figure knows.
 *
 * @throws BellwetherError `team-unknown`, `service-unknown` and the like; the same for what is too small to be shown
 */
export async function requireShown(
  warehouse: Pick<Warehouse, 'query'>,
  { scope, timeZone }: Pick<ReportRequest, 'scope' | 'timeZone'>,
): Promise<void> {
  for (const by of scopeDimensions) {
    const asked = scope[by];
    // A repository may be there and empty; whether it was collected is known elsewhere.
    if (asked === undefined || by === 'repo') continue;
    // Other names of the scope stay out of it, so that the message can say what there is; repositories narrow services.
    const around = by === 'service' && scope.repo !== undefined ? { repo: scope.repo } : {};
    const active = await activityBy(warehouse, { scope: around, timeZone }, ever, by);
    const shown = [...active.keys()].filter((name) => name !== WITHHELD).sort();
    const missing = asked.find((name) => !shown.includes(name));
    if (missing !== undefined) throw cannotBeShown(by, missing, shown);
  }
}
