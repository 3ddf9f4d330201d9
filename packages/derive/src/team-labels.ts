import { type Instant, WITHHELD } from '@bellwether/core';
import { sizeOverTime, splitStay, type Stay } from './group-sizes.ts';
import type { DomainMembership } from './shared-domain.ts';
import { sampled, type Timeline } from './timeline.ts';
import type { TeamTree } from './team-tree.ts';

export interface TeamLabel {
  team: string;
  team_group: string;
}

export interface TeamLabels {
  /** The team and its group as they may be shown: '(withheld)' where too few people were in it, '' where unknown. */
  labelOf: (team: string, at: Instant) => TeamLabel;
  /** Whether too few people were in the team for it to be shown. */
  isWithheld: (team: string, at: Instant) => boolean;
  /** The team's own time zone, else that of a team above it, else the organisation's. */
  timeZoneOf: (team: string, at: Instant) => string;
  /** When what may be shown of a team changes; the first from the beginning of time. */
  changesOf: (team: string) => readonly Instant[];
  /** Whether a team or group could not be shown at any time from `from` to before `to`. */
  wasSmall: (level: 'team' | 'team_group', name: string, from: Instant, to: Instant) => boolean;
  /** Everybody who was in it at any time from `from` to before `to`; of the organisation in any team. */
  membersDuring: (
    level: 'team' | 'team_group' | 'organisation',
    name: string,
    from: Instant,
    to: Instant,
  ) => ReadonlySet<string>;
  /** Text that differs whenever one of the above may answer differently at any time. */
  historyOf: (team: string) => string;
}

/** How one team may be shown over time. */
interface TeamHistory {
  isSmall: Timeline<boolean>;
  group: Timeline<string>;
  timeZone: Timeline<string>;
}

const never = sampled([], () => false);

/**
 * What may be shown of teams: a name stands for enough people at that time, or is withheld. Nothing is withheld of what
 * has no known members at all, because nobody would know what to withhold: an owner in the catalogue, from git alone.
 */
export function teamLabels(
  memberships: readonly DomainMembership[],
  tree: TeamTree,
  minimumGroupSize: number,
): TeamLabels {
  const staysOf = new Map<string, Stay[]>();
  for (const { team, person_key: person, valid_from: from, valid_to } of memberships) {
    const stay = { person, from, to: valid_to ?? Infinity };
    const stays = staysOf.get(team);
    if (stays === undefined) staysOf.set(team, [stay]);
    else stays.push(stay);
  }
  const groups = groupStays(staysOf, tree);
  const smallness = (stays: readonly Stay[] | undefined): Timeline<boolean> => {
    if (stays === undefined || minimumGroupSize <= 1) return never;
    const sizes = sizeOverTime(stays);
    return sampled(
      sizes.steps.map(({ from }) => from),
      (at) => sizes.at(at) < minimumGroupSize,
    );
  };
  const historyOf = remembered((team: string): TeamHistory => ({
    isSmall: smallness(staysOf.get(team)),
    group: tree.groupOf(team),
    timeZone: tree.timeZoneOf(team),
  }));
  const isSmallGroup = remembered((group: string) => smallness(groups.get(group)));
  const groupSteps = ({ group }: TeamHistory): Timeline<boolean>['steps'] =>
    group.steps.flatMap(({ value }) => (value === '' ? [] : isSmallGroup(value).steps));
  const isWithheld = (team: string, at: Instant): boolean => team !== '' && historyOf(team).isSmall.at(at);
  const everybody = [...staysOf.values()].flat();
  const staysIn = { team: staysOf, team_group: groups, organisation: new Map([['', everybody]]) };
  return {
    isWithheld,
    wasSmall(level, name, from, to) {
      const { steps } = level === 'team' ? historyOf(name).isSmall : isSmallGroup(name);
      return steps.some(
        (step, index) => step.value && step.from < to && from < (steps[index + 1]?.from ?? Infinity),
      );
    },
    membersDuring(level, name, from, to) {
      const stays = staysIn[level].get(name) ?? [];
      return new Set(stays.filter((stay) => stay.from < to && from < stay.to).map(({ person }) => person));
    },
    labelOf(team, at) {
      if (team === '') return { team: '', team_group: '' };
      const group = historyOf(team).group.at(at);
      return {
        team: isWithheld(team, at) ? WITHHELD : team,
        team_group: group !== '' && isSmallGroup(group).at(at) ? WITHHELD : group,
      };
    },
    timeZoneOf: (team, at) => historyOf(team).timeZone.at(at),
    changesOf(team) {
      const history = historyOf(team);
      const steps = [...history.isSmall.steps, ...history.group.steps, ...groupSteps(history)];
      return [...new Set([-Infinity, ...steps.map(({ from }) => from)])].sort((a, b) => a - b);
    },
    historyOf(team) {
      const history = historyOf(team);
      const { isSmall, group, timeZone } = history;
      return JSON.stringify([isSmall.steps, group.steps, timeZone.steps, groupSteps(history)]);
    },
  };
}

/** Everybody in a team of the group, as long as the team is in it. A group may be a team with people of its own. */
function groupStays(staysOf: ReadonlyMap<string, readonly Stay[]>, tree: TeamTree): Map<string, Stay[]> {
  const groups = new Map<string, Stay[]>();
  for (const [team, stays] of staysOf) {
    const line = tree.groupOf(team);
    for (const { value: group, ...part } of stays.flatMap((stay) => splitStay(stay, line))) {
      const list = groups.get(group);
      if (list === undefined) groups.set(group, [part]);
      else list.push(part);
    }
  }
  return groups;
}

function remembered<Result>(compute: (name: string) => Result): (name: string) => Result {
  const known = new Map<string, Result>();
  return (name) => {
    let result = known.get(name);
    if (result === undefined) {
      result = compute(name);
      known.set(name, result);
    }
    return result;
  };
}
