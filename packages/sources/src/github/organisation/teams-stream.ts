import {
  identities,
  people,
  type TeamMemberRow,
  teamMembers,
  type TeamRow,
  teams,
  truncations,
  type TruncationRow,
  type Warehouse,
} from '@bellwether/warehouse';
import { z } from 'zod';
import { defineStream, keysOf, rowsOf, type SourceSession, snapshotOf } from '../../source.ts';
import type { GitHubApi } from '../api.ts';
import type { People } from '../people.ts';
import { fetchTeams } from './fetch-teams.ts';
import { compareTeams, type CurrentTeam, type StoredTeams } from './memberships.ts';

export interface OrganisationSession extends SourceSession {
  readonly api: GitHubApi;
  /** In GitHub's own spelling. */
  readonly login: string;
  readonly people: People;
}

const TeamCursor = z.object({ readAt: z.number() });

/** GitHub does not say when teams changed; a day is fine enough for who belongs where. */
const READ_AGAIN_AFTER_MS = 20 * 3_600_000;

/** Teams and who belongs to them, from when to when. */
export const teamStream = defineStream<OrganisationSession, z.infer<typeof TeamCursor>>({
  name: 'teams',
  tables: [identities, people, teams, teamMembers],
  replaces: [truncations],
  unit: 'teams',
  cursor: TeamCursor,
  isCurrent: ({ cursor, clock }) => clock.now() - cursor.readAt < READ_AGAIN_AFTER_MS,
  async *read({ session, stored, clock, cursor }) {
    const { api, login, repo } = session;
    const now = clock.now();
    const listing = await fetchTeams(api, login, session.people);
    const scope = { repo, source: 'github-organisation', stream: 'teams' };
    if (listing.teams === null) {
      // What is stored stands: not to be shown the teams does not mean that there are none.
      yield {
        snapshots: [snapshotOf(truncations, scope, [notAllowed(scope)])],
        checkpoint: { readAt: now },
      };
      return;
    }
    const changes = compareTeams(listing.teams, await readStored(stored, login, listing.teams), {
      isFirst: cursor === null,
      now,
    });
    const met = await session.people.takeRows(stored);
    yield {
      rows: [
        rowsOf(identities, met.identities),
        rowsOf(people, met.people),
        rowsOf(teamMembers, changes.members),
        rowsOf(teams, changes.teams),
      ],
    };
    // Only after all stands under the new names, or a renamed team would lose its history to a kill in between.
    yield {
      removals: [keysOf(teamMembers, changes.staleMembers), keysOf(teams, changes.staleTeams)],
      snapshots: [snapshotOf(truncations, scope, [])],
      checkpoint: { readAt: now },
      progress: { done: listing.teams.length, total: listing.teams.length },
    };
  },
});

/** Also what stands under another name of the organisation: the ids of teams outlive both. */
async function readStored(
  stored: Pick<Warehouse, 'readRows'>,
  login: string,
  current: readonly CurrentTeam[],
): Promise<StoredTeams> {
  const storedTeams = await stored.readRows(teams, Object.keys(teams.columns) as (keyof TeamRow)[], {
    sql: 'startsWith(team, {prefix:String}) OR team_id IN {ids:Array(String)}',
    params: { prefix: `${login}/`, ids: current.map(({ id }) => id) },
  });
  const members = await stored.readRows(
    teamMembers,
    Object.keys(teamMembers.columns) as (keyof TeamMemberRow)[],
    {
      sql: 'startsWith(team, {prefix:String}) OR team IN {teams:Array(String)}',
      params: { prefix: `${login}/`, teams: storedTeams.map(({ team }) => team) },
    },
  );
  return { teams: storedTeams, members };
}

function notAllowed(scope: Pick<TruncationRow, 'repo' | 'source' | 'stream'>): TruncationRow {
  return {
    ...scope,
    entity: 'teams',
    reason: 'no-permission',
    detail: 'The token may not see the teams of this organisation. It needs read:org, or to read members.',
  };
}
