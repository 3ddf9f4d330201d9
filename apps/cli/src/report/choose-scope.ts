import { teamFinder, usageError } from '@bellwether/core';
import { isShown, type ReportScope } from '@bellwether/metrics';
import { repositories, teams, type Warehouse } from '@bellwether/warehouse';

/** Names as they were typed. */
export interface ScopeNames {
  organisation?: string[];
  group?: string[];
  team?: string[];
  service?: string[];
  repo?: string[];
}

/**
 * What a command is about, with full names in place of short ones. Several repositories and nothing else are a report
 * each. Nothing at all is the one repository that there is, or the whole company.
 *
 * @throws BellwetherError `usage` for an empty name, `nothing-collected`, `repository-unknown`
 */
export async function chooseScopes(
  warehouse: Warehouse,
  { organisation, group, team, service, repo }: ScopeNames,
): Promise<ReportScope[]> {
  refuseEmpty({ organisation, group, team, service, repo });
  const known = await knownRepositories(warehouse);
  const repos = repo?.map((name) => findRepository(known, name));
  const larger = {
    ...(organisation ? { organisation: organisation.map((name) => findOrganisation(known, name)) } : {}),
    ...(group ? { team_group: group } : {}),
    ...(team ? { team: await findTeams(warehouse, team) } : {}),
  };
  const services = service ? { service } : {};
  if (Object.keys(larger).length > 0) return [{ ...larger, ...services, ...(repos ? { repo: repos } : {}) }];
  if (repos) return repos.map((each) => ({ ...services, repo: [each] }));
  const [only, ...others] = known;
  if (only !== undefined && others.length === 0) return [{ ...services, repo: [only] }];
  return [services];
}

/** As `chooseScopes`, with several repositories as one scope. */
export async function chooseScope(warehouse: Warehouse, names: ScopeNames): Promise<ReportScope> {
  const scopes = await chooseScopes(warehouse, names);
  const [first = {}] = scopes;
  return scopes.length < 2 ? first : { ...first, repo: scopes.flatMap(({ repo }) => repo ?? []) };
}

/** The repositories that a scope stands for, where it is made of whole repositories; null for teams and services. */
export async function repositoriesOf(warehouse: Warehouse, scope: ReportScope): Promise<string[] | null> {
  if (scope.team_group !== undefined || scope.team !== undefined || scope.service !== undefined) return null;
  const known = await knownRepositories(warehouse);
  return known.filter(
    (repo) =>
      (scope.repo === undefined || scope.repo.includes(repo)) &&
      (scope.organisation === undefined || scope.organisation.includes(organisationOf(repo))),
  );
}

/**
 * The collected repositories that a command is about: those named, else all.
 *
 * @throws BellwetherError `nothing-collected`, `repository-unknown`
 */
export async function chooseRepositories(warehouse: Warehouse, named: readonly string[]): Promise<string[]> {
  const known = await knownRepositories(warehouse);
  return named.length === 0 ? known : named.map((name) => findRepository(known, name));
}

async function knownRepositories(warehouse: Warehouse): Promise<string[]> {
  const rows = await warehouse.readRows(repositories, ['repo']);
  if (rows.length > 0) return rows.map(({ repo }) => repo).sort();
  throw usageError('nothing-collected', 'Nothing has been collected yet.', 'bellwether collect --source git');
}

function findRepository(known: readonly string[], name: string): string {
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
}

/** `github.com/acme` for `acme`, where only one host has it. */
function findOrganisation(known: readonly string[], name: string): string {
  const all = [...new Set(known.map(organisationOf))];
  const matches = all.filter((each) => each === name || each.endsWith(`/${name}`));
  const [match] = matches;
  if (match !== undefined && matches.length === 1) return match;
  throw usageError(
    'organisation-unknown',
    matches.length === 0
      ? `Nothing of an organisation "${name.slice(0, 200)}" was collected.`
      : `"${name.slice(0, 200)}" could be any of ${matches.join(', ')}.`,
    `Known are: ${all.slice(0, 30).join(', ')}`,
  );
}

function organisationOf(repo: string): string {
  return repo.slice(0, Math.max(0, repo.lastIndexOf('/')));
}

/**
 * As written where no team fits, or where nothing of it can be shown: the full name in an answer would tell that there
 * is such a team.
 */
async function findTeams(warehouse: Warehouse, written: readonly string[]): Promise<string[]> {
  const find = teamFinder(await warehouse.readRows(teams, ['team', 'name']));
  const found: string[] = [];
  for (const name of written) {
    const full = find(name) ?? name;
    found.push(full !== name && (await isShown(warehouse, { team: [full] })) ? full : name);
  }
  return found;
}

function refuseEmpty(names: { readonly [Flag in keyof ScopeNames]: ScopeNames[Flag] | undefined }): void {
  for (const [flag, values] of Object.entries(names)) {
    if (!values?.some((name) => name.trim() === '')) continue;
    throw usageError('usage', `--${flag} is empty.`, `Give --${flag} a name, or leave it out.`);
  }
}
