import type { Report, ScopeReport } from '@bellwether/metrics';
import { oneLine, plainText } from '../terminal/plain-text.ts';
import type { DataNotes } from './data-notes.ts';
import type { Promises } from './measure-config.ts';
import { dayName } from './period-name.ts';
import { renderMetric } from './render-metric.ts';
import { renderParts } from './render-parts.ts';
import { renderPromises } from './render-promises.ts';
import { renderSection } from './render-section.ts';
import { scopeName } from './scope-name.ts';

const ROWS_SHOWN = 6;

export interface RenderOptions {
  /** All periods and all parts, instead of the latest and the busiest. */
  all: boolean;
  /** The command line that prints this report again, for hints. */
  command: string;
  /** Of money. */
  currency: string;
}

/** The report as text for a terminal, a log or a mail. */
export function renderReport(
  report: Report,
  { notes, promises, warnings }: { notes: DataNotes; promises: Promises; warnings: readonly string[] },
  options: RenderOptions,
): string {
  const { all } = options;
  const lines = [
    ...warnings.map((warning) => `! ${warning}`),
    ...(warnings.length === 0 ? [] : ['']),
    ...header(report, notes.askedAt),
    ...body(report, options),
    ...report.sections.flatMap((section) => renderSection(section, report, options)),
    ...renderPromises(promises, all),
    ...list('About the bands', bandCaveats(report, all)),
    ...list('What this report cannot know', notes.unknowns),
    ...list('What is wrong with the data', notes.findings),
  ];
  return `${lines.map((line) => plainText(oneLine(line))).join('\n')}\n`;
}

function header({ scope, window, grain, timeZone, benchmark }: Report, askedAt: number | null): string[] {
  const title = scopeName(scope);
  if (window === null) {
    const what = scope.repo?.length === 1 && Object.keys(scope).length === 1 ? 'this repository' : 'it';
    return [title, '', `No change and no release of ${what} is known.`];
  }
  const bands = benchmark === 'none' ? '' : ` · bands of DORA ${benchmark}`;
  const end =
    window.until > window.lastActivityAt
      ? dayName(window.until - 1, timeZone)
      : dayName(window.until, timeZone);
  return [
    `${title} · production`,
    `${dayName(window.since, timeZone)} to ${end} by ${grain}, ${timeZone}${bands}`,
    `Newest merge or release: ${dayName(window.lastActivityAt, timeZone)}. ${
      askedAt === null
        ? 'Whether anything came after it cannot be told from here.'
        : `GitHub was last asked on ${dayName(askedAt, timeZone)}.`
    }`,
    '* marks a period that lies only partly in the window, – a figure that does not exist: that is not zero.',
  ];
}

function body(report: Report, { all, command }: RenderOptions): string[] {
  const [first, ...others] = report.scopes;
  if (first === undefined) return [];
  return [
    ...inFull(report.scopes, all).flatMap((scope) => renderScope(scope, report, all)),
    ...(first.part === null ? renderParts(others, report, { all, command }) : []),
  ];
}

/** The whole scope, or each of the services that were asked for by name; with `--all` services too. */
function inFull(scopes: readonly ScopeReport[], all: boolean): readonly ScopeReport[] {
  const [first] = scopes;
  if (first?.part !== null) return scopes;
  // A company has hundreds of teams: side by side is all that can be read.
  return all ? scopes.filter(({ part }) => part === null || part.by === 'service') : [first];
}

function renderScope(scope: ScopeReport, report: Report, all: boolean): string[] {
  const title = scope.part === null ? [] : ['', `■ ${scope.part.name}`];
  const rows = all ? Infinity : ROWS_SHOWN;
  // Of parts that cannot be told apart "What this report cannot know" says it once, and not at each of their figures.
  const metrics = scope.metrics.filter(({ whole }) => scope.part === null || whole.gap !== 'service-unknown');
  return [...title, ...metrics.flatMap((metric) => ['', ...renderMetric(metric, report, rows)])];
}

/** Each once: most hold for every figure of a year. */
function bandCaveats({ scopes }: Report, all: boolean): string[] {
  const figures = inFull(scopes, all).flatMap(({ metrics }) => metrics.map(({ whole }) => whole));
  return [...new Set(figures.flatMap(({ band }) => band.caveats))];
}

function list(title: string, items: readonly string[]): string[] {
  return items.length === 0 ? [] : ['', title, ...items.map((item) => `  - ${item}`)];
}
