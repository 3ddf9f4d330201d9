import type { MeasuredAgreement, MeasuredTarget, Measurement } from '@bellwether/metrics';
import { formatCount, formatShare } from '../terminal/format.ts';
import { type Column, formatTable } from '../terminal/table.ts';
import { formatValue } from './format-value.ts';
import type { Promises } from './measure-config.ts';

/** Of each agreement or target: enough to see who misses it. */
const TEAMS_SHOWN = 8;

const words: Readonly<Record<Measurement['verdict'], string>> = {
  kept: 'kept',
  missed: 'missed',
  'too-few': 'too few to tell',
  unknown: 'no figure',
};

const columns = (first: string, wanted: string, found: string): Column[] => [
  { title: first, align: 'left' },
  { title: wanted, align: 'right' },
  { title: found, align: 'right' },
  { title: 'n', align: 'right' },
  { title: 'coverage', align: 'right' },
  { title: '', align: 'left' },
];

/** Agreements with the share kept, and targets with the figures held against them; whole first, then teams. */
export function renderPromises(
  { agreements, targets }: Pick<Promises, 'agreements' | 'targets'>,
  all: boolean,
): string[] {
  const kept = agreements.flatMap((agreement) => agreementRows(agreement, all));
  const reached = targets.flatMap((target) => targetRows(target, all));
  return [
    ...block('Working agreements over the whole window', columns('', 'target', 'kept'), kept),
    ...block('Targets over the whole window', columns('', 'target', 'value'), reached),
  ];
}

function block(title: string, head: readonly Column[], rows: readonly string[][]): string[] {
  return rows.length === 0 ? [] : ['', title, ...formatTable(head, rows).map((line) => `  ${line}`)];
}

function agreementRows(
  { name, limit, clock, target, teams, measurements }: MeasuredAgreement,
  all: boolean,
): string[][] {
  const title = `${name} (at most ${limit}${clock === 'business' ? ', business hours' : ''})${ofTeams(teams)}`;
  return rowsOf(title, measurements, all, formatShare(target), (value) => formatValue('ratio', value));
}

function targetRows(
  { title, written, unit, direction, target, teams, measurements }: MeasuredTarget,
  all: boolean,
): string[][] {
  const isPiledUp = measurements.some(({ figure }) => figure.kind === 'count' || figure.kind === 'sum');
  const limit = `${direction === 'lower-is-better' ? '≤' : '≥'} ${unit === 'seconds' ? written : formatValue(unit, target)}`;
  return rowsOf(
    `${title}${isPiledUp ? ' per week' : ''}${ofTeams(teams)}`,
    measurements,
    all,
    limit,
    (value) => formatValue(unit, value),
  );
}

function rowsOf(
  title: string,
  measurements: readonly Measurement[],
  all: boolean,
  wanted: string,
  format: (value: number | null) => string,
): string[][] {
  const known = measurements.filter(({ team }) => team !== null && team !== '').sort(byNeed);
  // One team that is all of it says nothing that the line above does not.
  const isSame =
    known.length === 1 && known[0]?.figure.n === measurements.find(({ team }) => team === null)?.figure.n;
  const teams = isSame ? [] : known;
  const shown = all ? teams : teams.slice(0, TEAMS_SHOWN);
  const line = (label: string, { value, figure, verdict }: Measurement, target: string): string[] => [
    label,
    target,
    format(value),
    formatCount(figure.n),
    figure.coverage === null ? '–' : formatShare(figure.coverage),
    words[verdict],
  ];
  return [
    ...measurements.filter(({ team }) => team === null).map((whole) => line(title, whole, wanted)),
    ...shown.map((each) => line(`  ${each.team ?? ''}`, each, '')),
    ...(teams.length > shown.length
      ? [[`  and ${String(teams.length - shown.length)} more teams: --all`]]
      : []),
  ];
}

/** Whom it is about, where that is not everybody. */
function ofTeams(teams: readonly string[]): string {
  if (teams.length === 0) return '';
  const more = teams.length > 3 ? ` and ${String(teams.length - 3)} more` : '';
  return ` (${teams.slice(0, 3).join(', ')}${more})`;
}

/** Those who miss it first. */
function byNeed(a: Measurement, b: Measurement): number {
  const rank = { missed: 0, kept: 1, 'too-few': 2, unknown: 3 } as const;
  return rank[a.verdict] - rank[b.verdict] || ((a.team ?? '') < (b.team ?? '') ? -1 : 1);
}
