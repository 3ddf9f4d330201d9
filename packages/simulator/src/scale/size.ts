/** How large an organisation is. Everything follows from one factor; 1 is the company that the design speaks of. */
export interface ScaleSize {
  readonly factor: number;
  readonly engineers: number;
  readonly bots: number;
  readonly groups: number;
  readonly teams: number;
  readonly repositories: number;
  /** Of them with several services by path. */
  readonly monorepos: number;
  /** Changes that are planned until the end of the plan: pull requests and pushes without one. */
  readonly plannedChanges: number;
}

const DAY = 86_400_000;

/** When the organisation begins, and the last instant that a fresh build has seen: ten years later. */
export const beginning = Date.UTC(2016, 0, 1);
export const firstLook = Date.UTC(2026, 0, 1);

/** Changes are planned beyond the first look, so that days can be appended to what was built. */
export const planEnd = firstLook + 60 * DAY;

/** Of the changes in the history of a default branch that no pull request brought. */
export const pushShare = 0.04;

const PULL_REQUESTS = 2_000_000;

/**
 * @param factor 1: 900 engineers, 1,500 repositories, 2 million pull requests; 0.001 is for tests
 * @throws RangeError for a factor that is not above 0 and at most 2
 */
export function scaleSize(factor: number): ScaleSize {
  if (!(factor > 0 && factor <= 2)) {
    throw new RangeError(`a size of ${String(factor)} is not above 0 and at most 2`);
  }
  const part = (whole: number, least: number): number => Math.max(least, Math.round(whole * factor));
  // A little growth: what comes after the first look is more than its share of the time (see plan-drafts.sql).
  const extra = ((planEnd - beginning) / (firstLook - beginning)) ** (1 / 0.85);
  return {
    factor,
    engineers: part(900, 48),
    bots: 6,
    groups: part(10, 2),
    teams: part(80, 5),
    repositories: part(1500, 8),
    monorepos: part(6, 1),
    plannedChanges: Math.round(((PULL_REQUESTS * factor) / (1 - pushShare)) * extra),
  };
}
