import type { Warehouse } from '@bellwether/warehouse';
import type { GitHubApi } from '../api.ts';
import { readPersonsByLogin } from '../known-people.ts';
import type { People } from '../people.ts';
import { accountDocument } from '../queries/generated.ts';
import { Account } from './api-schema.ts';

/** Answers of a run: the same few people own code in many repositories. */
const asked = new WeakMap<GitHubApi, Map<string, Promise<Account['user']>>>();

/**
 * The person keys behind logins, by login in lower case. Who is not stored is looked up at GitHub, and left out where
 * there is no such user.
 */
export async function personsByLogin(
  logins: readonly string[],
  { api, people, stored }: { api: GitHubApi; people: People; stored: Pick<Warehouse, 'readRows'> },
): Promise<Map<string, string>> {
  const persons = await readPersonsByLogin(stored, api.host, logins);
  for (const login of new Set(logins.map((each) => each.toLowerCase()))) {
    if (persons.has(login)) continue;
    const account = await fetchAccount(api, login);
    if (account !== null) persons.set(login, people.meet({ ...account, isBot: false }).key);
  }
  return persons;
}

function fetchAccount(api: GitHubApi, login: string): Promise<Account['user']> {
  const answers = asked.get(api) ?? new Map<string, Promise<Account['user']>>();
  asked.set(api, answers);
  let answer = answers.get(login);
  if (answer === undefined) {
    answer = api
      .query({ document: accountDocument, schema: Account, variables: { login } })
      .then(({ data }) => data.user);
    answers.set(login, answer);
    answer.catch(() => answers.delete(login));
  }
  return answer;
}
