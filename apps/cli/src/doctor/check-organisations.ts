import { BellwetherError } from '@bellwether/core';
import { fetchOwnerGlimpse, type GitHubConnection } from '@bellwether/sources';
import { formatAmount } from '../terminal/format.ts';
import { type Check, failed, ok } from './check.ts';

const NAME = 'GitHub organisation';

/** What to do where the error itself sends its reader here. */
const nextSteps: Readonly<Record<string, string>> = {
  'github-owner-not-found':
    'Check the spelling under github.organisations in bellwether.yaml; what is private is seen only with a token of a member, or where the App is installed.',
  'github-owner-forbidden': 'Let an owner there approve the token, or install the App.',
  'github-owner-empty':
    'Give the token access to the repositories: the scope "repo", for a fine-grained token or an App their names.',
};

export interface OrganisationChecks {
  readonly checks: readonly Check[];
  /** Those that can be listed. */
  readonly visible: readonly string[];
  /** `owner/name` of a repository that the token may see; null: there is none. */
  readonly example: string | null;
}

/** Whether each organisation or user of the configuration can be listed, as `collect` will: a request or two for each. */
export async function checkOrganisations(
  connection: GitHubConnection,
  organisations: readonly string[],
): Promise<OrganisationChecks> {
  const checks: Check[] = [];
  const visible: string[] = [];
  let example: string | null = null;
  for (const organisation of organisations) {
    try {
      const glimpse = await fetchOwnerGlimpse(connection, organisation);
      const count = formatAmount(glimpse.repositoryCount, 'repository', 'repositories');
      checks.push(ok(NAME, `${glimpse.login} shows ${count}`));
      visible.push(glimpse.login);
      example ??= glimpse.example;
    } catch (error) {
      if (!(error instanceof BellwetherError) || error.code === 'cancelled') throw error;
      checks.push(failed(NAME, error.message, nextSteps[error.code] ?? error.next));
    }
  }
  return { checks, visible, example };
}
