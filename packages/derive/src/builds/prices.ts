import { nameMatcher } from '@bellwether/core';
import type { DeriveRules } from '../compute/facts.ts';

export interface PricedPipeline {
  provider: string;
  pipeline: string;
  perMinute: number;
}

/** What a minute of each pipeline costs: the first price whose globs match both names; none where none does. */
export function pricedPipelines(
  pairs: readonly { provider: string; pipeline: string }[],
  { prices }: DeriveRules['ci'],
): PricedPipeline[] {
  const matchers = prices.map(({ provider, pipeline, perMinute }) => ({
    perMinute,
    isProvider: nameMatcher([provider]),
    isPipeline: anyPath(pipeline),
  }));
  return pairs.flatMap(({ provider, pipeline }) => {
    const price = matchers.find((each) => each.isProvider(provider) && each.isPipeline(pipeline));
    return price === undefined ? [] : [{ provider, pipeline, perMinute: price.perMinute }];
  });
}

/** `*` means every pipeline, though they are called `.github/workflows/ci.yml`. */
function anyPath(glob: string): (name: string) => boolean {
  return glob === '*' ? () => true : nameMatcher([glob]);
}
