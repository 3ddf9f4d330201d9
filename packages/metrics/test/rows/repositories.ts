import type { BotFindingRow, LintReportRow, RepositoryFactRow } from '@bellwether/warehouse';
import { at } from '../rows.ts';

/** A repository at work, of the service `shop`; who owns it and which standards it keeps is not known. */
export function repositoryFact(
  row: Partial<RepositoryFactRow> & Pick<RepositoryFactRow, 'repo'>,
): RepositoryFactRow {
  const { service = 'shop' } = row;
  return {
    service,
    services: service === '' ? [] : [service],
    team: '',
    team_group: '',
    is_archived: false,
    is_fork: false,
    observed_at: at('2024-03-01'),
    has_code_owners: null,
    code_owners_gap: row.has_code_owners == null ? 'not-collected' : '',
    is_protected: null,
    protection_gap: row.is_protected == null ? 'not-collected' : '',
    ...row,
  };
}

/** What the bot found in pull request 1, and nobody has answered yet. */
export function botFinding(
  row: Partial<BotFindingRow> & Pick<BotFindingRow, 'repo' | 'finding_id' | 'found_at'>,
): BotFindingRow {
  return {
    number: 1,
    rule: 'require-linked-issue',
    severity: 'warning',
    path: '',
    resolved_at: null,
    resolution: '',
    ...row,
  };
}

/** The report of a repository that has adopted the shared configuration and keeps it. */
export function lintReport(
  row: Partial<LintReportRow> & Pick<LintReportRow, 'repo' | 'report_id' | 'collected_at'>,
): LintReportRow {
  return {
    is_adopted: true,
    config_version: '1.0.0',
    presets: [],
    error_count: 0,
    warning_count: 0,
    suppressed_count: 0,
    disabled_rules: [],
    ...row,
  };
}
