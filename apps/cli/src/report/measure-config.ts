import { teamFinder } from '@bellwether/core';
import {
  measureAgreements,
  type MeasuredAgreement,
  type MeasuredTarget,
  type MeasureRequest,
  measureTargets,
  type Report,
  type ReportRequest,
  resolveAgreements,
  resolveTargets,
  scopeNames,
  shownTeams,
} from '@bellwether/metrics';
import { teams } from '@bellwether/warehouse';
import type { Session } from '../setup/session.ts';

/** What the configuration wants figures to be, held against them over the window of a report. */
export interface Promises {
  agreements: MeasuredAgreement[];
  targets: MeasuredTarget[];
  /** Teams that they name and of which nothing can be shown, in words. */
  warnings: string[];
}

export async function measureConfig(
  { warehouse, config }: Pick<Session, 'warehouse' | 'config'>,
  { scope, window, timeZone }: Report,
  { bots, isUndivided = false }: Pick<ReportRequest, 'bots' | 'isUndivided'>,
): Promise<Promises> {
  const isAsked = ({ teams }: { teams: readonly string[] }): boolean => !isUndivided || teams.length === 0;
  const agreements = resolveAgreements(config).filter(isAsked);
  const targets = resolveTargets(config).filter(isAsked);
  if (window === null || agreements.length + targets.length === 0) {
    return { agreements: [], targets: [], warnings: [] };
  }
  const request = {
    period: { since: window.since, until: window.until, timeZone },
    filters: { ...scopeNames(scope), bots },
    findTeam: teamFinder(await warehouse.readRows(teams, ['team', 'name'])),
  };
  const whole = <Measured extends MeasuredAgreement | MeasuredTarget>(measured: Measured): Measured =>
    isUndivided
      ? { ...measured, measurements: measured.measurements.filter(({ team }) => team === null) }
      : measured;
  return {
    agreements: (await measureAgreements(warehouse, agreements, request)).map(whole),
    targets: (await measureTargets(warehouse, targets, request)).map(whole),
    warnings: await unknownTeams(warehouse, config, request),
  };
}

/** Nothing tells apart what is misspelt, what did nothing yet and what is too small to be shown. */
async function unknownTeams(
  warehouse: Session['warehouse'],
  { agreements, targets }: Session['config'],
  { findTeam, period }: Pick<MeasureRequest, 'findTeam' | 'period'>,
): Promise<string[]> {
  const named = [
    ...agreements.flatMap(({ name, teams }) => teams.map((team) => ({ what: `agreement "${name}"`, team }))),
    ...targets.flatMap(({ metric, teams }) => teams.map((team) => ({ what: `target of ${metric}`, team }))),
  ];
  if (named.length === 0) return [];
  const known = await shownTeams(warehouse, period.timeZone);
  const list = known.length === 0 ? '' : ` Known are: ${known.slice(0, 30).join(', ')}`;
  return named
    .filter(({ team }) => !known.includes(findTeam(team) ?? team))
    .map(
      ({ what, team }) =>
        `The ${what} names the team "${team}": nothing is known of it, or it has too few people to be shown.${list}`,
    );
}
