import type { Bearer } from './bearer.ts';

/** Chooses who asks: of those that can see the thing, the one with most left. */
export interface BearerPool {
  readonly bearers: readonly Bearer[];
  /**
   * @param scope `owner/name`, `owner`, or null where that is not known
   * @param isChecked whether the answer will tell that it was the wrong one; else only those that are sure are asked
   */
  choose(lane: string, scope: string | null, isChecked: boolean): Bearer;
  /** It asked for the scope and got it. */
  sees(bearer: Bearer, scope: string | null): void;
  /** It asked for the scope and was told that there is no such thing: whether another one may know better. */
  isBlind(bearer: Bearer, scope: string | null): boolean;
}

export function bearerPool(bearers: readonly Bearer[]): BearerPool {
  const [first] = bearers;
  if (!first) throw new Error('A pool needs somebody who asks');
  const sight = new Map<string, Map<Bearer, boolean>>();
  const sightOf = (scope: string): Map<Bearer, boolean> => {
    const name = scope.toLowerCase();
    const known = sight.get(name) ?? new Map<Bearer, boolean>();
    sight.set(name, known);
    return known;
  };
  const candidates = (scope: string | null): readonly Bearer[] => {
    if (scope === null) return bearers;
    const owner = scope.split('/')[0]?.toLowerCase() ?? '';
    const own = bearers.filter((bearer) => bearer.owner === owner);
    if (own.length > 0) return own;
    const known = sightOf(scope);
    const notBlind = bearers.filter((bearer) => known.get(bearer) !== false);
    return notBlind.length > 0 ? notBlind : bearers;
  };

  return {
    bearers,
    choose(lane, scope, isChecked) {
      if (bearers.length === 1) return first;
      const all = candidates(scope);
      const sure = scope === null ? [] : all.filter((bearer) => sightOf(scope).get(bearer) === true);
      return mostLeft(!isChecked && sure.length > 0 ? sure : all, lane);
    },
    sees(bearer, scope) {
      if (bearers.length > 1 && scope !== null) sightOf(scope).set(bearer, true);
    },
    isBlind(bearer, scope) {
      if (bearers.length === 1 || scope === null) return false;
      const known = sightOf(scope);
      known.set(bearer, false);
      return candidates(scope).some((other) => known.get(other) !== false);
    },
  };
}

/** Who can ask now before who has to wait; then who has most left; then who waits least. */
function mostLeft(bearers: readonly Bearer[], lane: string): Bearer {
  const rank = ({ governor }: Bearer): readonly [number, number, number] => [
    governor.blockedUntil(lane) ?? 0,
    // Of one that was never asked all is left.
    -(governor.left(lane) ?? Number.MAX_SAFE_INTEGER),
    governor.load(),
  ];
  const ranked = bearers.map((bearer) => ({ bearer, rank: rank(bearer) }));
  ranked.sort((a, b) => {
    const index = a.rank.findIndex((value, place) => value !== b.rank[place]);
    return index < 0 ? 0 : a.rank[index]! - b.rank[index]!;
  });
  return ranked[0]!.bearer;
}
