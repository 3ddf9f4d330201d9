import type { TargetResult } from '@bellwether/sources';
import { describeError } from '../terminal/describe-error.ts';
import { formatAmount, formatCount } from '../terminal/format.ts';
import { plainText } from '../terminal/plain-text.ts';
import { formatTable } from '../terminal/table.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { type Collected, overallStatus } from './outcome.ts';

/** More repositories than this are summed up; those in which something failed are named all the same. */
const ROWS_SHOWN = 40;

/** What was collected, for a person. */
export function collectedText(all: readonly Collected[]): string {
  return all
    .map((collected) => `${[...tableOf(collected), ...summaryOf(collected)].join('\n')}\n`)
    .join('\n');
}

function tableOf({ targets }: Collected): string[] {
  const shown = targets.length <= ROWS_SHOWN ? targets : targets.filter(({ status }) => status !== 'ok');
  if (shown.length === 0) return [];
  return formatTable(
    [
      { title: 'repository', align: 'left' },
      { title: 'status', align: 'left' },
      { title: 'rows written', align: 'right' },
    ],
    shown
      .slice(0, ROWS_SHOWN)
      .map((result) => [plainText(nameOf(result)), result.status, formatCount(result.rowCount)]),
  );
}

/** Clones are few and stand in the table; a GitHub is many repositories and has a price. */
function summaryOf({ source, targets, usage, gaps }: Collected): string[] {
  if (source === 'git' || usage === null) return [];
  const rows = targets.reduce((sum, { rowCount }) => sum + rowCount, 0);
  const bad = targets.filter(({ status }) => status !== 'ok').length;
  return [
    `GitHub: ${countsOf(targets)}, ${bad === 0 ? 'all read' : `${formatCount(bad)} not read in full`}; ` +
      `${formatAmount(rows, 'row', 'rows')} written; ` +
      `${formatAmount(usage.requests, 'request', 'requests')}, ${formatAmount(usage.points, 'point', 'points')}${
        usage.restRequests === 0
          ? ''
          : `, of REST ${formatAmount(usage.restRequests, 'request', 'requests')} (${formatCount(usage.unchanged)} free)`
      }`,
    ...(gaps === 0
      ? []
      : [
          `${formatAmount(gaps, 'thing', 'things')} could not be read in full: bellwether doctor sums them up`,
        ]),
  ];
}

/** What the teams of an organisation are read under is its own name, which is that of an owner too. */
function nameOf({ target, repo, streams }: TargetResult): string {
  if (!isOfTeams({ streams })) return repo ?? target;
  return `organisation ${target.slice(target.indexOf('/') + 1)}: teams`;
}

function isOfTeams({ streams }: Pick<TargetResult, 'streams'>): boolean {
  return streams.some(({ name }) => name === 'teams');
}

/** `4 repositories and the teams of 1 organisation` */
function countsOf(targets: readonly TargetResult[]): string {
  const organisations = targets.filter(isOfTeams).length;
  // <host>/<owner>/<name>; what has a shorter name could not even be listed.
  const repositories = targets.filter((each) => !isOfTeams(each) && each.target.split('/').length > 2).length;
  const others = targets.length - organisations - repositories;
  return [
    formatAmount(repositories, 'repository', 'repositories'),
    ...(organisations === 0
      ? []
      : [`the teams of ${formatAmount(organisations, 'organisation', 'organisations')}`]),
    ...(others === 0 ? [] : [`${formatAmount(others, 'thing', 'things')} that could not be listed`]),
  ].join(' and ');
}

/** What went wrong, once for each kind: a thousand repositories that fail alike are one message. */
export function tellErrors(all: readonly Collected[], terminal: Terminal): void {
  const byCode = new Map<string, TargetResult[]>();
  for (const result of all.flatMap(({ targets }) => targets)) {
    if (result.error === null) continue;
    byCode.set(result.error.code, [...(byCode.get(result.error.code) ?? []), result]);
  }
  for (const results of byCode.values()) {
    const [first] = results;
    if (first?.error == null) continue;
    const others =
      results.length === 1 ? '' : ` and ${formatAmount(results.length - 1, 'other', 'others')} alike`;
    terminal.talk.info(`${first.target}${others}: ${describeError(first.error, terminal)}`);
  }
}

/** The same for a program. */
export function collectedJson(all: readonly Collected[]): string {
  const status = overallStatus(all.map((each) => each.status));
  const targets = all.flatMap(({ source, targets: results }) =>
    results.map((target) => ({ source, ...plainTarget(target) })),
  );
  const usage = all.find((each) => each.usage !== null)?.usage ?? null;
  const pointsLeft = all.find((each) => each.usage !== null)?.pointsLeft ?? null;
  const gaps = all.reduce((sum, each) => sum + each.gaps, 0);
  return `${JSON.stringify({ status, targets, usage, pointsLeft, gaps }, null, 2)}\n`;
}

function plainTarget({ error, streams, ...target }: TargetResult): object {
  return {
    ...target,
    streams: streams.map(({ name, status, rowCount }) => ({ name, status, rowCount })),
    error:
      error === null
        ? null
        : { code: error.code, message: error.message, retry: error.retry, next: error.next },
  };
}
