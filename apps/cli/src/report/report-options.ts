import type { Clock, Config } from '@bellwether/core';
import { benchmarks, categories, type ReportRequest, type ReportScope } from '@bellwether/metrics';
import type { OptionSpec } from '../command-line/command.ts';
import { oneOf } from '../command-line/parse.ts';
import { parseDay } from './parse-day.ts';

/** Whom a question is about. */
export const scopeOptions = {
  organisation: { type: 'string', value: 'name', multiple: true, summary: 'Only this organisation' },
  group: { type: 'string', value: 'name', multiple: true, summary: 'Only this group of teams' },
  team: { type: 'string', value: 'name', multiple: true, summary: 'Only this team' },
  repo: { type: 'string', value: 'name', multiple: true, summary: 'Only this repository' },
} as const satisfies Record<string, OptionSpec>;

/** What `report` and `try` take. */
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
  section: {
    type: 'string',
    value: 'name',
    multiple: true,
    summary: `Also this part of the catalogue: ${categories.join(', ')}`,
  },
  bots: { type: 'string', value: 'choice', summary: 'Changes by bots: exclude (default), include or only' },
  benchmark: { type: 'string', value: 'year', summary: '2019, 2021, 2023, 2024, 2025 or none' },
  all: { type: 'boolean', summary: 'All sections, all periods and all services, teams or groups' },
  json: { type: 'boolean', summary: 'Print the report as JSON' },
} as const satisfies Record<string, OptionSpec>;

export interface ReportOptionValues {
  by?: string;
  since?: string;
  until?: string;
  service?: string[];
  section?: string[];
  bots?: string;
  benchmark?: string;
  all?: boolean;
  json?: boolean;
}

/** The question that the options ask of a scope. */
export function reportRequest(
  options: ReportOptionValues,
  scope: ReportScope,
  { timeZone, benchmark }: Pick<Config, 'timeZone' | 'benchmark'>,
  clock: Clock,
): ReportRequest {
  const now = clock.now();
  const { since } = options;
  return {
    scope,
    sections:
      options.all === true
        ? categories
        : (options.section ?? []).map((name) => oneOf('--section', name, categories)),
    grain: oneOf('--by', options.by ?? 'month', ['week', 'month', 'quarter']),
    timeZone,
    bots: oneOf('--bots', options.bots ?? 'exclude', ['exclude', 'include', 'only']),
    benchmark: oneOf('--benchmark', options.benchmark ?? benchmark, [
      ...benchmarks.map(({ year }) => year),
      'none' as const,
    ]),
    // What has not happened yet is unknown, and must not be shown as nothing.
    until:
      options.until === undefined
        ? undefined
        : Math.min(now, parseDay('--until', options.until, now, timeZone)),
    // A span such as 90d counts back from the end of the window, which may depend on the data.
    since: since === undefined ? undefined : (end) => parseDay('--since', since, end, timeZone),
  };
}
