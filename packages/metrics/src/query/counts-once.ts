import type { CountsOnce, Dimension, MetricDefinition } from '../metric.ts';
import type { Choice } from './choice.ts';
import { column } from './columns.ts';

/** The columns in which a thing may have only one row, and the order that picks it. */
export interface OnePer {
  columns: readonly string[];
  order: readonly string[];
}

/** How each thing comes to count once; both null where rows just count. */
export interface OneRow {
  /** The condition on rows that are marked; where only the run of the statement tells, also the one that it may be used. */
  marked: { rows: string; isUsable: string | null } | null;
  /** Which row is picked where none is marked. */
  onePer: OnePer | null;
}

/**
 * Makes a thing with several rows count once in each group. A column that marks the row is the cheap way: there is one
 * for each set of dimensions that can be asked about, and it is right only for exactly that set, each dimension told
 * apart or narrowed to one name. Everything else has to look at all rows of a thing, also when all dimensions are told
 * apart: services that may not be shown share one name.
 */
export function oneRowPerThing(
  { countsOnce }: MetricDefinition,
  groups: readonly Dimension[],
  choices: ReadonlyMap<Dimension, Choice>,
): OneRow {
  if (!countsOnce) return { marked: null, onePer: null };
  const open = countsOnce.variesBy.filter((name) => !groups.includes(name) && choices.get(name)?.isOpen);
  const cases = subsetsOf(open).flatMap((chosen) => {
    const asked = countsOnce.variesBy.filter(
      (name) => groups.includes(name) || chosen.includes(name) || choices.get(name)?.isOpen === false,
    );
    const marker = markerOf(countsOnce, asked);
    if (marker === undefined) return [];
    const singles = asked.filter((name) => !groups.includes(name)).map((name) => choices.get(name)!.isSingle);
    const alls = open.filter((name) => !chosen.includes(name)).map((name) => choices.get(name)!.isAll);
    const notAlls = chosen.map((name) => `NOT (${choices.get(name)!.isAll})`);
    const conditions = [...alls, ...notAlls, ...singles].filter((condition) => condition !== 'true');
    return conditions.includes('false') ? [] : [{ marker, conditions }];
  });
  const onePer = { columns: [...groups, ...countsOnce.key], order: countsOnce.prefer };
  const [only] = cases;
  if (only === undefined) return { marked: null, onePer };
  if (only.conditions.length === 0) {
    return { marked: { rows: column(only.marker), isUsable: null }, onePer: null };
  }
  const all = cases.map(({ marker, conditions }) => ({
    marker: column(marker),
    applies: conditions.map((condition) => `(${condition})`).join(' AND '),
  }));
  return {
    marked: {
      rows: `(${all.map(({ marker, applies }) => `(${applies} AND ${marker})`).join(' OR ')})`,
      isUsable: `(${all.map(({ applies }) => `(${applies})`).join(' OR ')})`,
    },
    onePer,
  };
}

function markerOf({ markers }: CountsOnce, asked: readonly Dimension[]): string | undefined {
  return markers.find(({ by }) => by.length === asked.length && by.every((name) => asked.includes(name)))
    ?.column;
}

function subsetsOf<Item>(items: readonly Item[]): Item[][] {
  return items.reduce<Item[][]>(
    (subsets, item) => [...subsets, ...subsets.map((each) => [...each, item])],
    [[]],
  );
}
