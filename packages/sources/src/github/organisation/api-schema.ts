import { z } from 'zod';
import { answerSchema } from '../answer-schema.ts';
import type { OrganisationTeamsQuery, TeamMembersQuery } from '../queries/generated.ts';

const pageInfo = z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() });

const Member = z.object({ id: z.string(), login: z.string(), name: z.string().nullable() });

const Members = z.object({ nodes: z.array(Member.nullable()).nullable(), pageInfo });
export type Members = z.infer<typeof Members>;

const Team = z.object({
  id: z.string(),
  slug: z.string(),
  name: z.string(),
  parentTeam: z.object({ slug: z.string() }).nullable(),
  members: Members,
});
export type Team = z.infer<typeof Team>;

export const OrganisationTeams = answerSchema<OrganisationTeamsQuery>()(
  z.object({
    organization: z
      .object({ teams: z.object({ nodes: z.array(Team.nullable()).nullable(), pageInfo }) })
      .nullable(),
  }),
);
export type OrganisationTeams = z.infer<typeof OrganisationTeams>;

const other = z.strictObject({}).transform(() => null);

export const TeamMembers = answerSchema<TeamMembersQuery>()(
  z.object({ node: z.union([z.object({ members: Members }), other]).nullable() }),
);
export type TeamMembers = z.infer<typeof TeamMembers>;
