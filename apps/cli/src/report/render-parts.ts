import { dimensionName, type Report, type ScopeDimension, type ScopeReport } from '@bellwether/metrics';
import { shellWord } from '../terminal/command-name.ts';
import { formatAmount } from '../terminal/format.ts';
import { sparkline } from '../terminal/sparkline.ts';
import { formatTable } from '../terminal/table.ts';
import { formatValue } from './format-value.ts';
import { flagOf } from './scope-name.ts';

const PARTS_SHOWN = 12;

/** Services, teams or groups side by side over the whole window; one in full is a question of its own. */
export function renderParts(
  parts: readonly ScopeReport[],
  report: Report,
  { all, command }: { all: boolean; command: string },
): string[] {
  const by = parts[0]?.part?.by;
  if (by === undefined) return [];
  const shown = all ? parts : parts.slice(0, PARTS_SHOWN);
  const [one, many] = [dimensionName(by), pluralOf(by)];
  const table = formatTable(
    [
      { title: capital(one), align: 'left' },
      { title: 'deployments', align: 'right' },
      { title: 'lead time', align: 'right' },
      { title: 'fail rate', align: 'right' },
      { title: 'recovery', align: 'right' },
      { title: 'rework', align: 'right' },
      { title: `deployments by ${report.grain}`, align: 'left' },
    ],
    shown.map((scope) => [
      nameOf(scope),
      cell(scope, 'deployment_frequency').replace(/ \(.*/, ''),
      cell(scope, 'change_lead_time'),
      cell(scope, 'change_fail_rate'),
      cell(scope, 'failed_deployment_recovery_time'),
      cell(scope, 'deployment_rework_rate'),
      trend(scope),
    ]),
  );
  const hidden = parts.length - shown.length;
  const quiet = report.quietParts.length;
  const example = shown.find((scope) => !nameOf(scope).startsWith('('));
  return [
    '',
    `${capital(many)} over the whole window`,
    ...table.map((line) => `  ${line}`),
    ...(hidden > 0 ? [`  and ${String(hidden)} more: --all`] : []),
    ...(quiet > 0 ? [`  ${formatAmount(quiet, one, many)} without a deployment in the window`] : []),
    ...(by === 'team' || by === 'team_group'
      ? ['  Lead time is of the changes that its people made, the rest of the services that it owns.']
      : []),
    ...(example === undefined
      ? []
      : [`  One ${one} in full: ${command} --${flagOf(by)} ${shellWord(example.part?.name ?? '')}`]),
  ];
}

function nameOf({ part }: ScopeReport): string {
  return part === null || part.name === '' ? '(unknown)' : part.name;
}

function cell(scope: ScopeReport, id: string): string {
  const metric = scope.metrics.find((each) => each.id === id);
  if (metric === undefined || metric.whole.value === null) return '–';
  return `${formatValue(metric.unit, metric.whole.value)} (n ${String(metric.whole.n)})`;
}

function trend(scope: ScopeReport): string {
  const releases = scope.metrics.find(({ id }) => id === 'deployment_frequency');
  return sparkline((releases?.periods ?? []).map(({ value }) => value));
}

function pluralOf(by: ScopeDimension): string {
  return by === 'repo' ? 'repositories' : `${dimensionName(by)}s`;
}

function capital(word: string): string {
  return `${word.charAt(0).toUpperCase()}${word.slice(1)}`;
}
