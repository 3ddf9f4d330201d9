import {
  type DefinitionComparison,
  explainGap,
  type Figure,
  findMetric,
  type ReportWindow,
  type RivalSystem,
} from '@bellwether/metrics';
import { formatAmount, formatCount, formatFigure } from '../terminal/format.ts';
import { type Column, formatTable } from '../terminal/table.ts';
import { formatValue } from './format-value.ts';
import { dayName } from './period-name.ts';

export interface ComparisonView {
  title: string;
  system: RivalSystem;
  window: ReportWindow | null;
  timeZone: string;
  comparisons: readonly DefinitionComparison[];
  repos: readonly string[];
}

/** Their figures and ours side by side, why they differ, and what cannot be told from the data here. */
export function renderComparison(view: ComparisonView): string[] {
  const { title, system, window, timeZone, comparisons, repos } = view;
  if (window === null) return [title, '', 'No change and no release of it is known.'];
  const columns: Column[] = [
    { title: '', align: 'left' },
    { title: system.title, align: 'right' },
    { title: 'n', align: 'right' },
    { title: 'in its words', align: 'left' },
    { title: 'Bellwether', align: 'right' },
    { title: 'n', align: 'right' },
  ];
  return [
    `${title} · DORA as ${system.title} computes it (${system.edition})`,
    `${dayName(window.since, timeZone)} to ${dayName(window.until - 1, timeZone)}, ${timeZone} · ${formatAmount(repos.length, 'repository', 'repositories')} taken as one project`,
    '',
    ...formatTable(columns, comparisons.map(row)),
    ...comparisons.flatMap(reasons),
    '',
    'What is not as it would be there',
    ...system.limits.map((limit) => `  - ${limit}`),
    '',
    'Each rule beside ours: docs/reference/compatibility.md',
  ];
}

function row({ title, unit, theirs, ours }: DefinitionComparison): string[] {
  return [
    title,
    theirs.value === null
      ? '–'
      : unit === 'days a week'
        ? `${formatFigure(theirs.value)} days a week`
        : formatValue(unit, theirs.value),
    formatCount(theirs.n),
    theirs.band,
    ownValue(ours.unit, ours.figure),
    formatCount(ours.figure.n),
  ];
}

/** A number of deployments says nothing beside days a week. */
function ownValue(unit: string, figure: Figure): string {
  if (figure.kind !== 'count' || figure.value === null) return formatValue(unit, figure.value);
  const weeks = (figure.observedSeconds ?? 0) / (7 * 86_400);
  return weeks === 0 ? formatFigure(figure.value) : `${formatFigure(figure.value / weeks)} a week`;
}

function reasons({ title, why, ours }: DefinitionComparison): string[] {
  const gap =
    ours.figure.value === null
      ? [`ours is unknown: ${explainGap(findMetric(ours.metric), ours.figure.gap)}`]
      : [];
  const all = [...gap, ...why];
  return all.length === 0 ? [] : ['', `Why they differ: ${title}`, ...all.map((each) => `  - ${each}`)];
}
