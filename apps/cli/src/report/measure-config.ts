import { teamFinder } from '@bellwether/core';
import {
  measureAgreements,
  type MeasuredAgreement,
  type MeasuredTarget,
  measureTargets,
  type Report,
  type ReportRequest,
  resolveAgreements,
  resolveTargets,
  scopeNames,
} from '@bellwether/metrics';
import { teams } from '@bellwether/warehouse';
import type { Session } from '../setup/session.ts';

/** What the configuration wants figures to be, held against them over the window of a report. */
export interface Promises {
  agreements: MeasuredAgreement[];
  targets: MeasuredTarget[];
}

export async function measureConfig(
  { warehouse, config }: Pick<Session, 'warehouse' | 'config'>,
  { scope, window, timeZone }: Report,
  bots: ReportRequest['bots'],
): Promise<Promises> {
  const [agreements, targets] = [resolveAgreements(config), resolveTargets(config)];
  if (window === null || agreements.length + targets.length === 0) return { agreements: [], targets: [] };
  const request = {
    period: { since: window.since, until: window.until, timeZone },
    filters: { ...scopeNames(scope), bots },
    findTeam: teamFinder(await warehouse.readRows(teams, ['team', 'name'])),
  };
  return {
    agreements: await measureAgreements(warehouse, agreements, request),
    targets: await measureTargets(warehouse, targets, request),
  };
}
