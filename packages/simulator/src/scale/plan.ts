import {
  branchRules,
  codeOwners,
  cursors,
  people,
  services,
  teamMembers,
  teams,
  teamSettings,
  type Warehouse,
} from '@bellwether/warehouse';
import { seededRandom } from '../world/random.ts';
import { planOrganisation } from './organisation.ts';
import { planRepositories, type PlannedRepositories } from './repositories.ts';
import { planSteps, runStep, type StepValues } from './run-step.ts';

/**
 * Writes down everything that will ever happen, in the database `scale` of the same warehouse, and loads what does not
 * grow with time: people, teams, the service catalogue.
 */
export async function makePlan(warehouse: Warehouse, values: StepValues): Promise<void> {
  const { size, seed } = values;
  const keys = await warehouse.query<{ key: string }>(
    "SELECT lower(hex(sipHash128({seed:UInt64}, 'person', toUInt32(number)))) AS key FROM numbers({count:UInt32}) ORDER BY number",
    { seed, count: size.engineers + size.bots },
  );
  const random = seededRandom(seed);
  const organisation = planOrganisation(size, random.fork('people'), (person) => keys[person]?.key ?? '');
  const planned = planRepositories(size, random.fork('repositories'), organisation.teams);
  await warehouse.insert(people, organisation.rows.people);
  await warehouse.insert(teams, organisation.rows.teams);
  await warehouse.insert(teamMembers, organisation.rows.members);
  await warehouse.insert(teamSettings, organisation.rows.settings);
  await warehouse.insert(services, planned.rows.services);
  await warehouse.insert(codeOwners, planned.rows.codeOwners);
  await warehouse.insert(branchRules, planned.rows.branchRules);
  await warehouse.insert(cursors, planned.rows.cursors);
  await writePlanned(warehouse, planned);
  for (const step of planSteps) await runStep(warehouse, step, values);
}

/** The two lists that the SQL starts from, bound as one JSON value each. */
async function writePlanned(
  warehouse: Warehouse,
  { repositories, services: list }: PlannedRepositories,
): Promise<void> {
  await warehouse.command('CREATE DATABASE IF NOT EXISTS scale');
  await warehouse.command(
    `CREATE TABLE scale.repositories ENGINE = MergeTree ORDER BY repo_index AS
     SELECT * FROM format(JSONEachRow, {structure:String}, {rows:String})`,
    { structure: repositoryStructure, rows: linesOf(repositories) },
  );
  await warehouse.command(
    `CREATE TABLE scale.services ENGINE = MergeTree ORDER BY (repo_index, slot) AS
     SELECT * FROM format(JSONEachRow, {structure:String}, {rows:String})`,
    { structure: serviceStructure, rows: linesOf(list) },
  );
}

const repositoryStructure = [
  'repo_index UInt32',
  'repo LowCardinality(String)',
  'method LowCardinality(String)',
  'planned UInt32',
  'begins_ms Int64',
  'ends_ms Int64',
  'offset_ms Int64',
  'members Array(UInt32)',
  'slots UInt8',
  'pipelines UInt8',
  'has_queue Bool',
  'is_archived Bool',
  'is_fork Bool',
].join(', ');

const serviceStructure = [
  'service_index UInt32',
  'repo_index UInt32',
  'slot UInt8',
  'service String',
  'releases_per_mille UInt32',
  'environments Array(String)',
  'has_staging Bool',
].join(', ');

function linesOf(rows: readonly object[]): string {
  return rows.map((row) => JSON.stringify(row)).join('\n');
}
