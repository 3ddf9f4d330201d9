import { resolve } from 'node:path';
import { usageError } from '@bellwether/core';
import { deriveRules } from '@bellwether/derive';
import { benchmarks, buildReport, type Report } from '@bellwether/metrics';
import { repositories } from '@bellwether/warehouse';
import type { OptionSpec } from '../command-line/command.ts';
import { oneOf } from '../command-line/parse.ts';
import type { Session } from '../setup/session.ts';
import { asTyped, shellWord } from '../terminal/command-name.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { type DataNotes, readDataNotes } from './data-notes.ts';
import { parseDay } from './parse-day.ts';
import { renderReport } from './render-report.ts';

export const reportOptions = {
  by: { type: 'string', value: 'period', summary: 'week, month (default) or quarter' },
  since: {
    type: 'string',
    value: 'date',
    summary: 'Begin of the window: 2026-01-31, or 90d, 12w, 6m, 2y before its end',
  },
  until: {
    type: 'string',
    value: 'date',
    summary: 'End of the window; the last known merge or release by default',
  },
  service: { type: 'string', value: 'name', multiple: true, summary: 'Only this service, in full' },
  bots: { type: 'string', value: 'choice', summary: 'Changes by bots: exclude (default), include or only' },
  benchmark: { type: 'string', value: 'year', summary: '2019, 2021, 2023, 2024, 2025 or none' },
  all: { type: 'boolean', summary: 'All periods and all services' },
  json: { type: 'boolean', summary: 'Print the report as JSON' },
} as const satisfies Record<string, OptionSpec>;

export interface ReportOptionValues {
  by?: string;
  since?: string;
  until?: string;
  service?: string[];
  bots?: string;
  benchmark?: string;
  all?: boolean;
  json?: boolean;
}

/** Builds and prints the report of each repository. As JSON: one array, whatever the number of repositories. */
export async function printReport(
  session: Session,
  repos: readonly string[],
  options: ReportOptionValues,
  terminal: Terminal,
): Promise<void> {
  const { warehouse, config } = session;
  const { timeZone } = config;
  const now = terminal.clock.now();
  // What has not happened yet is unknown, and must not be shown as nothing.
  const until =
    options.until === undefined
      ? undefined
      : Math.min(now, parseDay('--until', options.until, now, timeZone));
  const grain = oneOf('--by', options.by ?? 'month', ['week', 'month', 'quarter']);
  const bots = oneOf('--bots', options.bots ?? 'exclude', ['exclude', 'include', 'only']);
  const benchmark = oneOf('--benchmark', options.benchmark ?? config.benchmark, [
    ...benchmarks.map(({ year }) => year),
    'none' as const,
  ]);
  const reports: { report: Report; notes: DataNotes }[] = [];
  for (const repo of repos) {
    const base = { repo, services: options.service ?? [], grain, timeZone, benchmark, bots };
    // A span such as 90d counts back from the end of the window, which may depend on the data.
    const report = await buildReport(warehouse, {
      ...base,
      until,
      since:
        options.since === undefined
          ? undefined
          : (end) => parseDay('--since', options.since ?? '', end, timeZone),
    });
    reports.push({ report, notes: await readDataNotes(warehouse, report, deriveRules(config)) });
  }
  if (options.json === true) {
    await terminal.print(
      `${JSON.stringify(
        reports.map(({ report, notes }) => ({ ...report, notes })),
        null,
        2,
      )}\n`,
    );
    return;
  }
  const texts = reports.map(({ report, notes }) =>
    renderReport(report, notes, {
      all: options.all === true,
      command: `bellwether report${dataFlag(session)}`,
    }),
  );
  await terminal.print(asTyped(texts.join('\n\n'), terminal.command));
}

/** `--data …`, where it takes that to find this warehouse again. */
function dataFlag({ target, config, folder, file }: Session): string {
  if (!('path' in target)) return '';
  const configured =
    file !== null && 'path' in config.warehouse ? resolve(folder, config.warehouse.path) : null;
  return target.path === configured ? '' : ` --data ${shellWord(target.path)}`;
}

/** The collected repositories that a command is about: those named, else all. */
export async function chooseRepositories(session: Session, named: readonly string[]): Promise<string[]> {
  const rows = await session.warehouse.readRows(repositories, ['repo']);
  const known = rows.map(({ repo }) => repo).sort();
  if (known.length === 0) {
    throw usageError(
      'nothing-collected',
      'Nothing has been collected yet.',
      'bellwether collect --source git',
    );
  }
  if (named.length === 0) return known;
  return named.map((name) => {
    const matches = known.filter((repo) => repo === name || repo.endsWith(`/${name}`));
    const [match] = matches;
    if (match !== undefined && matches.length === 1) return match;
    throw usageError(
      'repository-unknown',
      matches.length === 0
        ? `No repository "${name}" was collected.`
        : `"${name}" could be any of ${matches.join(', ')}.`,
      `Known are: ${known.slice(0, 30).join(', ')}`,
    );
  });
}
