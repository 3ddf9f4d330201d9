import type { CountsOnce, MetricDefinition } from '../metric.ts';

/** The columns in which a thing may have only one row, and the order that picks it. */
export interface OnePer {
  columns: readonly string[];
  order: readonly string[];
}

/**
 * Makes a thing with several rows count once in each group. A column that marks the row is the cheap way: there is one
 * for each set of dimensions that can be asked about, and it is right only for exactly that set, each dimension told
 * apart or narrowed to one name. Everything else has to look at all rows of a thing, also when all dimensions are told
 * apart: services that may not be shown share one name.
 *
 * @param choices how many names each filtered dimension is narrowed to
 */
export function oneRowPerThing(
  { countsOnce }: MetricDefinition,
  groups: readonly string[],
  choices: ReadonlyMap<string, number>,
): { marker: string | null; onePer: OnePer | null } {
  if (!countsOnce) return { marker: null, onePer: null };
  const asked = countsOnce.variesBy.filter((name) => groups.includes(name) || choices.has(name));
  const isSingle = asked.every((name) => groups.includes(name) || choices.get(name) === 1);
  const marker = isSingle ? markerOf(countsOnce, asked) : undefined;
  if (marker !== undefined) return { marker, onePer: null };
  return { marker: null, onePer: { columns: [...groups, ...countsOnce.key], order: countsOnce.prefer } };
}

function markerOf({ markers }: CountsOnce, asked: readonly string[]): string | undefined {
  return markers.find(({ by }) => by.length === asked.length && by.every((name) => asked.includes(name)))
    ?.column;
}
