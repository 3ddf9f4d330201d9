import { WITHHELD } from '@bellwether/core';
import type { Warehouse } from '@bellwether/warehouse';
import { meetsTarget } from '../compare/verdict.ts';
import type { MetricDefinition } from '../metric.ts';
import type { Figure } from '../query/figure.ts';
import { askable } from '../query/plan.ts';
import type { Period, QueryRequest } from '../query/request.ts';
import { runQuery } from '../query/run.ts';
import type { Agreement, Target } from './resolve.ts';

/** `too-few`: too little happened to tell; `unknown`: no figure at all, which is no failure. */
export type KeptVerdict = 'kept' | 'missed' | 'too-few' | 'unknown';

export interface Measurement {
  /** Null: everybody that was asked about. */
  readonly team: string | null;
  readonly figure: Figure;
  /** What is held against the target: the figure's value, of counts and sums per week. */
  readonly value: number | null;
  readonly verdict: KeptVerdict;
}

export interface MeasuredAgreement {
  readonly name: string;
  readonly metric: string;
  readonly title: string;
  readonly limit: string;
  readonly atMost: number;
  readonly clock: 'wall' | 'business';
  readonly target: number;
  /** Who agreed, as written, as far as they were asked about; empty: everybody. */
  readonly teams: readonly string[];
  /** The whole first, then each team; what may not be shown counts in the whole alone. */
  readonly measurements: readonly Measurement[];
}

export interface MeasuredTarget {
  readonly metric: string;
  readonly title: string;
  readonly unit: MetricDefinition['unit'];
  readonly direction: MetricDefinition['direction'];
  readonly written: string;
  readonly target: number;
  /** Whose target it is, as `teams` of an agreement. */
  readonly teams: readonly string[];
  readonly measurements: readonly Measurement[];
}

export interface MeasureRequest {
  readonly period: Pick<Period, 'since' | 'until' | 'timeZone'>;
  /** The scope; a metric that does not know one of its names is left out. */
  readonly filters: NonNullable<QueryRequest['filters']>;
  /** The full name of a team that somebody wrote. */
  readonly findTeam: (name: string) => string | null;
}

/** Fewer rows say little about a habit. */
const FEWEST = 5;
const WEEK_SECONDS = 7 * 86_400;

/** Measures agreements over a window: the share kept by everybody, and by each team. */
export async function measureAgreements(
  warehouse: Pick<Warehouse, 'query'>,
  agreements: readonly Agreement[],
  request: MeasureRequest,
): Promise<MeasuredAgreement[]> {
  const measured: MeasuredAgreement[] = [];
  for (const { name, metric, limit, atMost, overdueAfter, clock, target, teams } of agreements) {
    const question = { clock, keeps: { atMost, overdueAfter } };
    const about = teamsAsked(teams, request);
    const figures = await ask(warehouse, metric, question, about, request);
    if (figures === null) continue;
    measured.push({
      name,
      metric: metric.id,
      title: metric.title,
      limit,
      atMost,
      clock,
      target,
      teams: about ?? [],
      measurements: figures.map(({ team, figure }) => ({
        team,
        figure,
        value: figure.value,
        verdict: verdictOf(figure, figure.value, (share) => share >= target),
      })),
    });
  }
  return measured;
}

/** Holds figures over a window against their targets. */
export async function measureTargets(
  warehouse: Pick<Warehouse, 'query'>,
  targets: readonly Target[],
  request: MeasureRequest,
): Promise<MeasuredTarget[]> {
  const measured: MeasuredTarget[] = [];
  for (const { metric, value: target, written, teams } of targets) {
    const about = teamsAsked(teams, request);
    const figures = await ask(warehouse, metric, {}, about, request);
    if (figures === null) continue;
    measured.push({
      metric: metric.id,
      title: metric.title,
      unit: metric.unit,
      direction: metric.direction,
      written,
      target,
      teams: about ?? [],
      measurements: figures.map(({ team, figure }) => {
        const value = comparable(figure, request.period);
        return {
          team,
          figure,
          value,
          verdict: verdictOf(figure, value, (each) => meetsTarget(metric, each, target) === true),
        };
      }),
    });
  }
  return measured;
}

/** Null where the metric cannot be asked about this scope. */
async function ask(
  warehouse: Pick<Warehouse, 'query'>,
  metric: MetricDefinition,
  question: Pick<QueryRequest, 'clock' | 'keeps'>,
  about: readonly string[] | null,
  { period, filters, findTeam }: MeasureRequest,
): Promise<{ team: string | null; figure: Figure }[] | null> {
  const known: readonly string[] = askable(metric);
  const { bots, ...lists } = filters;
  const knowsTeams = known.includes('team');
  if (Object.entries(lists).some(([name, names]) => names !== undefined && !known.includes(name))) {
    return null;
  }
  const wanted = about === null ? filters.team : about.map((name) => findTeam(name) ?? name);
  if (wanted?.length === 0 || (wanted !== undefined && !knowsTeams)) return null;
  const request: QueryRequest = {
    metric: metric.id,
    period: { ...period, grain: 'whole' },
    filters: {
      ...lists,
      ...(bots !== undefined && metric.dimensions.includes('is_bot') ? { bots } : {}),
      ...(wanted === undefined ? {} : { team: wanted }),
    },
    ...question,
  };
  const wholes = await runQuery(warehouse, request);
  const parts = knowsTeams ? await runQuery(warehouse, { ...request, groupBy: ['team'] }) : [];
  return [
    ...wholes.map((figure) => ({ team: null, figure })),
    ...parts
      .map((figure) => ({ team: String(figure.group['team']), figure }))
      .filter(({ team }) => team !== WITHHELD),
  ];
}

/** Those who agreed and are asked about, as they were written; null: everybody that is asked about. */
function teamsAsked(
  agreed: readonly string[],
  { filters, findTeam }: Pick<MeasureRequest, 'filters' | 'findTeam'>,
): readonly string[] | null {
  if (agreed.length === 0) return null;
  return agreed.filter((name) => {
    const team = findTeam(name) ?? name;
    return team !== WITHHELD && (filters.team === undefined || filters.team.includes(team));
  });
}

/** What happens more often in a longer window is told per week of it. */
function comparable(figure: Figure, { since, until }: MeasureRequest['period']): number | null {
  if (figure.value === null) return null;
  if (figure.kind === 'count') return (figure.value * WEEK_SECONDS) / (figure.observedSeconds ?? Infinity);
  return figure.kind === 'sum' ? (figure.value * WEEK_SECONDS * 1000) / (until - since) : figure.value;
}

function verdictOf(figure: Figure, value: number | null, isReached: (value: number) => boolean): KeptVerdict {
  if (value === null) return 'unknown';
  // Counts of zero are figures: nothing was deployed for a quarter, and that is well known.
  if (figure.n < FEWEST && figure.kind !== 'count' && figure.kind !== 'snapshot') return 'too-few';
  return isReached(value) ? 'kept' : 'missed';
}
