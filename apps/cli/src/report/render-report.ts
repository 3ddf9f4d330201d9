import type { Report, ScopeReport } from '@bellwether/metrics';
import { shellWord } from '../terminal/command-name.ts';
import { formatAmount } from '../terminal/format.ts';
import { plainText } from '../terminal/plain-text.ts';
import { sparkline } from '../terminal/sparkline.ts';
import { formatTable } from '../terminal/table.ts';
import type { DataNotes } from './data-notes.ts';
import { dayName } from './period-name.ts';
import { formatValue, renderMetric } from './render-metric.ts';

const ROWS_SHOWN = 6;
const SERVICES_SHOWN = 12;

export interface RenderOptions {
  /** All periods and all services, instead of the latest and the busiest. */
  all: boolean;
  /** The command line that prints this report again, for hints. */
  command: string;
}

/** The report as text for a terminal, a log or a mail. */
export function renderReport(report: Report, notes: DataNotes, { all, command }: RenderOptions): string {
  const lines = [
    ...header(report, notes.askedAt),
    ...body(report, all, command),
    ...section('About the bands', bandCaveats(report, all)),
    ...section('What this report cannot know', notes.unknowns),
    ...section('What is wrong with the data', notes.findings),
  ];
  return `${lines.map(plainText).join('\n')}\n`;
}

function header({ repo, window, grain, timeZone, benchmark }: Report, askedAt: number | null): string[] {
  if (window === null) return [repo, '', 'No change and no release of this repository is known.'];
  const bands = benchmark === 'none' ? '' : ` · bands of DORA ${benchmark}`;
  const end =
    window.until > window.lastActivityAt
      ? dayName(window.until - 1, timeZone)
      : dayName(window.until, timeZone);
  return [
    `${repo} · production`,
    `${dayName(window.since, timeZone)} to ${end} by ${grain}, ${timeZone}${bands}`,
    `Newest merge or release: ${dayName(window.lastActivityAt, timeZone)}. ${
      askedAt === null
        ? 'Whether anything came after it cannot be told from here.'
        : `GitHub was last asked on ${dayName(askedAt, timeZone)}.`
    }`,
    '* marks a period that lies only partly in the window, – a figure that does not exist: that is not zero.',
  ];
}

function body(report: Report, all: boolean, command: string): string[] {
  const [first, ...others] = report.scopes;
  if (first === undefined) return [];
  const detailed = inFull(report.scopes, all);
  return [
    ...detailed.flatMap((scope) => renderScope(scope, report, all)),
    ...(first.service === null ? services(others, report, all, command) : []),
  ];
}

/** The whole repository, or each of the services that were asked for by name; with `--all` everything. */
function inFull(scopes: readonly ScopeReport[], all: boolean): readonly ScopeReport[] {
  const [first] = scopes;
  return first?.service === null && !all ? [first] : scopes;
}

function renderScope(scope: ScopeReport, report: Report, all: boolean): string[] {
  const title = scope.service === null ? [] : ['', `■ ${scope.service}`];
  const rows = all ? Infinity : ROWS_SHOWN;
  return [...title, ...scope.metrics.flatMap((metric) => ['', ...renderMetric(metric, report, rows)])];
}

/** Services side by side over the whole window; one service in full is a question of its own. */
function services(scopes: readonly ScopeReport[], report: Report, all: boolean, command: string): string[] {
  if (scopes.length === 0) return [];
  const shown = all ? scopes : scopes.slice(0, SERVICES_SHOWN);
  const cell = (scope: ScopeReport, id: string): string => {
    const metric = scope.metrics.find((each) => each.id === id);
    if (metric === undefined || metric.whole.value === null) return '–';
    return `${formatValue(metric.unit, metric.whole.value)} (n ${String(metric.whole.n)})`;
  };
  const trend = (scope: ScopeReport): string => {
    const releases = scope.metrics.find(({ id }) => id === 'deployment_frequency');
    return sparkline((releases?.periods ?? []).map(({ value }) => value));
  };
  const table = formatTable(
    [
      { title: 'Service', align: 'left' },
      { title: 'deployments', align: 'right' },
      { title: 'lead time', align: 'right' },
      { title: 'fail rate', align: 'right' },
      { title: 'recovery', align: 'right' },
      { title: 'rework', align: 'right' },
      { title: `deployments by ${report.grain}`, align: 'left' },
    ],
    shown.map((scope) => [
      scope.service ?? '',
      cell(scope, 'deployment_frequency').replace(/ \(.*/, ''),
      cell(scope, 'change_lead_time'),
      cell(scope, 'change_fail_rate'),
      cell(scope, 'failed_deployment_recovery_time'),
      cell(scope, 'deployment_rework_rate'),
      trend(scope),
    ]),
  );
  const hidden = scopes.length - shown.length;
  return [
    '',
    'Services over the whole window',
    ...table.map((line) => `  ${line}`),
    ...(hidden > 0 ? [`  and ${String(hidden)} more: --all`] : []),
    ...(report.quietServices.length > 0
      ? [
          `  ${formatAmount(report.quietServices.length, 'service', 'services')} without a deployment in the window`,
        ]
      : []),
    `  One service in full: ${command} --service ${shellWord(shown[0]?.service ?? '')}`,
  ];
}

/** Each once: most hold for every figure of a year. */
function bandCaveats({ scopes }: Report, all: boolean): string[] {
  const figures = inFull(scopes, all).flatMap(({ metrics }) => metrics.map(({ whole }) => whole));
  return [...new Set(figures.flatMap(({ band }) => band.caveats))];
}

function section(title: string, items: readonly string[]): string[] {
  return items.length === 0 ? [] : ['', title, ...items.map((item) => `  - ${item}`)];
}
