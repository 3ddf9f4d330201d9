import { codeOwners, identities, people, truncations, type TruncationRow } from '@bellwether/warehouse';
import { defineStream, rowsOf, snapshotOf } from '../../source.ts';
import { CodeOwners, type CodeOwnersFile } from '../code-owners/api-schema.ts';
import { personsByLogin } from '../code-owners/logins.ts';
import { mapCodeOwners } from '../code-owners/mapper.ts';
import { LARGEST_FILE, parseCodeOwners } from '../code-owners/parse.ts';
import { repositoryMissing } from '../discovery/probe.ts';
import { codeOwnersDocument } from '../queries/generated.ts';
import type { GitHubSession } from '../session.ts';
import { areSettingsCurrent, SettingsCursor, settingsCursor } from '../settings-cursor.ts';

/**
 * CODEOWNERS of the default branch. Its text names people, so no payload is kept, and `replay` has nothing to map:
 * reading it again is one point.
 */
export const codeOwnerStream = defineStream<GitHubSession, SettingsCursor>({
  name: 'code-owners',
  tables: [identities, people],
  replaces: [codeOwners, truncations],
  unit: 'rules',
  cursor: SettingsCursor,
  isCurrent: ({ session, cursor, clock }) => areSettingsCurrent(cursor, session, clock.now()),
  async *read({ session, secret, stored, clock }) {
    const { repo, owner, api } = session;
    const file = session.hint.headSha === null ? null : await fetchFile(session);
    const text = file !== null && file.byteSize < LARGEST_FILE ? file.text : null;
    const rules = parseCodeOwners(text ?? '');
    const logins = rules.flatMap(({ owners }) =>
      owners.flatMap((each) => (each.kind === 'user' ? [each.login] : [])),
    );
    const personOf = await personsByLogin(logins, { api, people: session.people, stored });
    const rows = mapCodeOwners(rules, { repo, secret, owner, personOf });
    const met = await session.people.takeRows(stored);
    const scope = { repo, source: 'github', stream: 'code-owners' };
    yield {
      rows: [rowsOf(identities, met.identities), rowsOf(people, met.people)],
      snapshots: [
        snapshotOf(codeOwners, { repo }, rows),
        snapshotOf(truncations, scope, text !== null && file?.isTruncated === true ? [cutFile(scope)] : []),
      ],
      checkpoint: settingsCursor(session, clock.now()),
      progress: { done: rows.length, total: rows.length },
    };
  },
});

/** The first of the three places that holds one. */
async function fetchFile({ api, owner, name }: GitHubSession): Promise<CodeOwnersFile | null> {
  const { data } = await api.query({
    document: codeOwnersDocument,
    schema: CodeOwners,
    variables: { owner, name },
  });
  if (data.repository === null) throw repositoryMissing(`${api.host}/${owner}/${name}`);
  const { hidden, root, docs } = data.repository;
  return hidden ?? root ?? docs;
}

function cutFile(scope: Pick<TruncationRow, 'repo' | 'source' | 'stream'>): TruncationRow {
  return {
    ...scope,
    entity: 'CODEOWNERS',
    reason: 'cut-list',
    detail: 'GitHub gives only the beginning of a file of this size: rules further down are not known.',
  };
}
