import { pathMatcher } from '@bellwether/core';
import type { FindingRow } from '@bellwether/warehouse';
import type { DomainService } from '../domain-snapshot.ts';
import type { TeamDirectory } from '../team-directory.ts';
import type { Change } from './change.ts';
import type { AuthorCounts } from './change-teams.ts';
import { finding } from './finding-fixes.ts';

export interface CatalogueFindingInput {
  services: readonly DomainService[];
  changes: readonly Change[];
  directory: TeamDirectory;
  authors: AuthorCounts;
}

/** What does not fit between the catalogue, the teams and the work that was done. */
export function ofCatalogue(input: CatalogueFindingInput): Omit<FindingRow, 'repo'>[] {
  return [...ownerless(input), ...deadGlobs(input), ...teamless(input)];
}

function ownerless({ services, directory }: CatalogueFindingInput): Omit<FindingRow, 'repo'>[] {
  return services.flatMap(({ service, owner_team }) => {
    if (owner_team === '') {
      return [finding('service-without-owner', service, 'the catalogue names no owner', service)];
    }
    const isKnown = !directory.hasMemberships || directory.isTeam(directory.ownerName(owner_team));
    const why = `its owner "${owner_team.slice(0, 200)}" is no team that a source knows, or could be several`;
    return isKnown ? [] : [finding('service-without-owner', service, why, service)];
  });
}

/** Only where files are known at all: without them every glob would look wrong. */
function deadGlobs({ services, changes }: CatalogueFindingInput): Omit<FindingRow, 'repo'>[] {
  const globs = services.flatMap(({ service, path_globs }) => path_globs.map((glob) => ({ service, glob })));
  if (globs.length === 0) return [];
  let open = globs.map((each) => ({ ...each, matches: pathMatcher([each.glob]) }));
  let known = 0;
  for (const { paths } of changes) {
    if (open.length === 0) return [];
    if (paths === null || paths.length === 0) continue;
    known += 1;
    open = open.filter(({ matches }) => !paths.some((path) => matches(path)));
  }
  if (known === 0) return [];
  return open.map(({ service, glob }) =>
    finding(
      'globs-match-nothing',
      `${service} ${glob}`,
      `no file of ${String(known)} changes lies within`,
      service,
    ),
  );
}

/** In numbers: who it is stays between the source and whoever mends it. */
function teamless({ authors: { people, withoutTeam } }: CatalogueFindingInput): Omit<FindingRow, 'repo'>[] {
  if (withoutTeam === 0) return [];
  const share = `${String(withoutTeam)} of ${String(people)} people who made changes`;
  return [finding('authors-without-team', 'authors', `${share} were in no team at the time of one`)];
}
