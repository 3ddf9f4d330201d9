import type { PathKnowledgeRow } from '@bellwether/warehouse';
import { quarterOf, quarterStart } from '../calendar-quarter.ts';
import type { TeamDirectory } from '../team-directory.ts';
import type { Change } from './change.ts';
import type { ServiceOwners } from './service-owners.ts';

export interface KnowledgeInput {
  repo: string;
  changes: readonly Change[];
  /** Which services a path belongs to. */
  servicesAt: (path: string) => readonly string[];
  /** Paths beside the first two levels: where services live. */
  servicePaths: readonly string[];
  owners: ServiceOwners;
  /** Who owns what no service claims. */
  owningTeam: string;
  directory: TeamDirectory;
  timeZone: string;
}

/** Over fewer changes a share says nothing. */
const FEWEST_CHANGES = 10;
/** A year, in quarters. */
const WINDOW = 4;

/** The whole repository, which has a row as its paths have. */
const ROOT = '/';

/**
 * How many people know each directory: for every quarter over the year before its end. One that a single person worked
 * on is what one looks for, so it is a row like others; a number of people names nobody. Changes by bots, without an
 * author or without known files count nowhere.
 */
export function computePathKnowledge(input: KnowledgeInput): PathKnowledgeRow[] {
  const counts = countChanges(input);
  const rows: PathKnowledgeRow[] = [];
  for (const [path, quarters] of counts) {
    const place = placeOf(path, input);
    const last = Math.max(...quarters.keys());
    for (let quarter = Math.min(...quarters.keys()); quarter <= last; quarter += 1) {
      const people = sumOver(quarters, quarter);
      const knowledge = concentration([...people.values()]);
      if (knowledge.change_count < FEWEST_CHANGES) continue;
      const start = quarterStart(quarter, input.timeZone);
      rows.push({ repo: input.repo, path, quarter_start: start, ...place(start), ...knowledge });
    }
  }
  return rows;
}

type Counts = Map<string, number>;

/** By path and quarter, how many changes each person made. */
function countChanges({ changes, servicePaths, timeZone }: KnowledgeInput): Map<string, Map<number, Counts>> {
  const counts = new Map<string, Map<number, Counts>>();
  const deeper = servicePaths.map((path) => `${path}/`).filter((path) => path.split('/').length > 3);
  for (const { row, authorKey, paths } of changes) {
    if (row.is_bot || authorKey === '' || row.merged_at === null || paths === null || paths.length === 0) {
      continue;
    }
    const quarter = quarterOf(row.merged_at, timeZone);
    for (const directory of directoriesOf(paths, deeper)) {
      const quarters = counts.get(directory) ?? new Map<number, Counts>();
      if (quarters.size === 0) counts.set(directory, quarters);
      const people = quarters.get(quarter) ?? new Map<string, number>();
      if (people.size === 0) quarters.set(quarter, people);
      people.set(authorKey, (people.get(authorKey) ?? 0) + 1);
    }
  }
  return counts;
}

function directoriesOf(paths: readonly string[], deeper: readonly string[]): Set<string> {
  const directories = new Set([ROOT]);
  for (const path of paths) {
    const first = path.indexOf('/');
    if (first === -1) continue;
    directories.add(path.slice(0, first));
    const second = path.indexOf('/', first + 1);
    if (second !== -1) directories.add(path.slice(0, second));
    for (const prefix of deeper) if (path.startsWith(prefix)) directories.add(prefix.slice(0, -1));
  }
  return directories;
}

function sumOver(quarters: ReadonlyMap<number, Counts>, last: number): Counts {
  const people = new Map<string, number>();
  for (let quarter = last - WINDOW + 1; quarter <= last; quarter += 1) {
    for (const [person, count] of quarters.get(quarter) ?? []) {
      people.set(person, (people.get(person) ?? 0) + count);
    }
  }
  return people;
}

/** The bus factor is the fewest people with more than half of the changes. */
function concentration(
  counts: readonly number[],
): Pick<PathKnowledgeRow, 'change_count' | 'contributor_count' | 'bus_factor' | 'top_share'> {
  const descending = counts.toSorted((a, b) => b - a);
  const total = descending.reduce((sum, count) => sum + count, 0);
  let [people, covered] = [0, 0];
  for (const count of descending) {
    if (covered * 2 > total) break;
    covered += count;
    people += 1;
  }
  return {
    change_count: total,
    contributor_count: counts.length,
    bus_factor: people,
    top_share: total === 0 ? 0 : (descending[0] ?? 0) / total,
  };
}

type Place = Pick<PathKnowledgeRow, 'service' | 'is_service_withheld' | 'team' | 'team_group'>;

function placeOf(path: string, input: KnowledgeInput): (at: number) => Place {
  const [service = '', ...others] = input.servicesAt(path);
  return (at) => {
    if (service !== '' && others.length === 0) return { service, ...input.owners.labelOf(service, at) };
    const label = input.directory.labelOf(input.owningTeam, at);
    return { service: others.length > 0 ? '(several)' : '', is_service_withheld: false, ...label };
  };
}
