import { defineSource } from '../../source.ts';
import type { GitHubApi } from '../api.ts';
import { type KnownPeople, loadKnownPeople } from '../known-people.ts';
import { createPeople } from '../people.ts';
import { type OrganisationSession, teamStream } from './teams-stream.ts';

export interface OrganisationTarget {
  readonly api: GitHubApi;
  /** In GitHub's own spelling. */
  readonly login: string;
  readonly known: Promise<KnownPeople> | null;
}

/** What belongs to an organisation and to none of its repositories. `collectGitHub` runs it; it stands in no registry. */
export const organisationSource = defineSource<OrganisationTarget, OrganisationSession>({
  name: 'github-organisation',
  streams: [teamStream],
  describe: ({ api, login }) => `${api.host}/${login}`,
  open: async ({ api, login, known }, { config, secret, stored }) => ({
    repo: `${api.host}/${login}`,
    isRepository: false,
    api,
    login,
    people: createPeople({
      secret,
      host: api.host,
      config,
      known: await (known ?? loadKnownPeople(stored, api.host)),
    }),
  }),
});
