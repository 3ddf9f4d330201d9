import { branchRules, records, truncations, type TruncationRow } from '@bellwether/warehouse';
import { defineStream, rowsOf, snapshotOf } from '../../source.ts';
import type { Gap } from '../api.ts';
import { BranchProtections, Rulesets } from '../branch-rules/api-schema.ts';
import { BranchRuleRecord, mapBranchRule, pruneProtection, pruneRuleset } from '../branch-rules/mapper.ts';
import { repositoryMissing } from '../discovery/probe.ts';
import { branchProtectionsDocument, rulesetsDocument } from '../queries/generated.ts';
import { rawRecord } from '../raw-record.ts';
import type { GitHubSession } from '../session.ts';
import { areSettingsCurrent, SettingsCursor, settingsCursor } from '../settings-cursor.ts';

/** Classic protections and rulesets, all of them at once: there are few, and they can go away. */
export const branchRuleStream = defineStream<GitHubSession, SettingsCursor>({
  name: 'branch-rules',
  tables: [],
  replaces: [records, branchRules, truncations],
  unit: 'rules',
  cursor: SettingsCursor,
  isCurrent: ({ session, cursor, clock }) => areSettingsCurrent(cursor, session, clock.now()),
  async *read({ session, clock }) {
    const { repo } = session;
    const protections = await fetchProtections(session);
    const rulesets = await fetchRulesets(session);
    // A list that changes while it is read can give the same rule twice.
    const rules = [
      ...new Map([...protections.rules, ...rulesets.rules].map((rule) => [rule.id, rule])).values(),
    ];
    const scope = { repo, source: 'github', stream: 'branch-rules' };
    const gaps = [...protections.gaps, ...rulesets.gaps].map((gap) => ({ ...scope, ...gap }));
    yield {
      snapshots: [
        snapshotOf(
          records,
          scope,
          rules.map((rule) => rawRecord({ repo, stream: 'branch-rules' }, rule.id, rule, clock.now())),
        ),
        snapshotOf(
          branchRules,
          { repo },
          rules.map((rule) => mapBranchRule(rule, repo)),
        ),
        snapshotOf(truncations, scope, gaps),
      ],
      checkpoint: settingsCursor(session, clock.now()),
      progress: { done: rules.length, total: rules.length },
    };
  },
  replay: ({ repo }, stored) => ({
    rows: [
      rowsOf(
        branchRules,
        stored.map(({ payload }) => mapBranchRule(BranchRuleRecord.parse(JSON.parse(payload)), repo)),
      ),
    ],
  }),
});

interface Reading {
  readonly rules: BranchRuleRecord[];
  readonly gaps: Pick<TruncationRow, 'entity' | 'reason' | 'detail'>[];
}

async function fetchProtections(session: GitHubSession): Promise<Reading> {
  const { api, repo, owner, name } = session;
  const reading: Reading = { rules: [], gaps: [] };
  const pages = api.pages({
    document: branchProtectionsDocument,
    schema: BranchProtections,
    variables: { owner, name },
    connection: (data) => data.repository?.branchProtectionRules ?? null,
    pageSize: 100,
    key: `${owner}/${name}`,
  });
  for await (const { data, items, gaps } of pages) {
    reading.rules.push(...items.map(pruneProtection));
    if (data.repository === null) reading.gaps.push(notAllowed(repo, 'protections', gaps));
  }
  return reading;
}

async function fetchRulesets(session: GitHubSession): Promise<Reading> {
  const { api, repo, owner, name } = session;
  const reading: Reading = { rules: [], gaps: [] };
  const pages = api.pages({
    document: rulesetsDocument,
    schema: Rulesets,
    variables: { owner, name },
    connection: (data) => data.repository?.rulesets ?? null,
    pageSize: 50,
    key: `${owner}/${name}`,
  });
  for await (const { data, items, gaps } of pages) {
    for (const ruleset of items) {
      if (ruleset.target !== null && ruleset.target !== 'BRANCH') continue;
      reading.rules.push(pruneRuleset(ruleset));
      if ((ruleset.rules?.totalCount ?? 0) > 100) {
        reading.gaps.push({
          entity: ruleset.id,
          reason: 'cut-list',
          detail: 'Only the first hundred rules of this ruleset were read.',
        });
      }
    }
    if (data.repository === null) reading.gaps.push(notAllowed(repo, 'rulesets', gaps));
    else if (data.repository.rulesets === null) reading.gaps.push(noPermission('rulesets'));
  }
  return reading;
}

/** Not to be allowed to see rules is no failure; not to find the repository is. */
function notAllowed(repo: string, entity: string, gaps: readonly Gap[]): Reading['gaps'][number] {
  if (gaps.some(({ kind }) => kind === 'forbidden' || kind === 'insufficient-scopes')) {
    return noPermission(entity);
  }
  throw repositoryMissing(repo);
}

function noPermission(entity: string): Reading['gaps'][number] {
  return {
    entity,
    reason: 'no-permission',
    detail: `The token may not see the ${entity} of this repository. It needs to read its administration.`,
  };
}
