/**
 * Two-sided exact tests. An outcome counts against "no difference" if it is no more likely than the one observed, as R
 * does it in `binom.test` and `fisher.test`.
 */

/** Outcomes of the same likelihood differ in their last digits; R uses the same allowance. */
const AS_LIKELY = Math.log(1 + 1e-7);

/**
 * How likely a split at least this uneven is, if each of `trials` falls on the first side with `probability`.
 * For two counts: of all that happened in both periods, how many in the first, which had this share of the time.
 */
export function binomialTest(successes: number, trials: number, probability: number): number {
  const logs = Array.from(
    { length: trials + 1 },
    (_, k) =>
      logChoose(trials, k) +
      (k === 0 ? 0 : k * Math.log(probability)) +
      (k === trials ? 0 : (trials - k) * Math.log1p(-probability)),
  );
  return massNoMoreLikelyThan(logs[successes]!, logs);
}

/**
 * Fisher's exact test of two shares: how likely shares at least this different are, if both come from the same one.
 */
export function fisherTest(
  one: { numerator: number; denominator: number },
  other: { numerator: number; denominator: number },
): number {
  const successes = one.numerator + other.numerator;
  const total = one.denominator + other.denominator;
  const least = Math.max(0, successes - other.denominator);
  const most = Math.min(successes, one.denominator);
  const all = logChoose(total, successes);
  const logs = Array.from(
    { length: most - least + 1 },
    (_, index) =>
      logChoose(one.denominator, least + index) +
      logChoose(other.denominator, successes - least - index) -
      all,
  );
  return massNoMoreLikelyThan(logs[one.numerator - least]!, logs);
}

function massNoMoreLikelyThan(observed: number, logs: readonly number[]): number {
  const mass = logs.filter((log) => log <= observed + AS_LIKELY).reduce((sum, log) => sum + Math.exp(log), 0);
  return Math.min(1, mass);
}

function logChoose(n: number, k: number): number {
  return logFactorial(n) - logFactorial(k) - logFactorial(n - k);
}

/** Exact sums below 256, Stirling's series beyond (Abramowitz and Stegun 6.1.41), there better than 1e-13. */
function logFactorial(n: number): number {
  if (n < small.length) return small[n]!;
  const x = n + 1;
  return (
    (x - 0.5) * Math.log(x) -
    x +
    0.5 * Math.log(2 * Math.PI) +
    1 / (12 * x) -
    1 / (360 * x ** 3) +
    1 / (1260 * x ** 5)
  );
}

const small: number[] = [0];
for (let n = 1; n < 256; n += 1) small.push(small[n - 1]! + Math.log(n));
