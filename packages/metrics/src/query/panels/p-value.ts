/**
 * The exact tests of `compare/exact-tests.ts` as expressions of SQL, for a dashboard has nothing else to compute with.
 * Outcomes far from what is expected weigh nothing, so that only those near it are looked at: of a million builds some
 * thousands.
 */

const logChoose = (n: string, k: string): string =>
  `(lgamma(${n} + 1) - lgamma(${k} + 1) - lgamma(${n} - ${k} + 1))`;

/** Outcomes of the same likelihood differ in their last digits. */
const AS_LIKELY = 'log(1 + 1e-7)';

/** Further away than so many standard deviations an outcome weighs nothing. */
const FAR = 40;

/** Fisher's exact test of two shares; all four are expressions of whole numbers, and neither denominator is 0. */
export function fisherSql(
  one: { numerator: string; denominator: string },
  other: { numerator: string; denominator: string },
): string {
  const [a, n, b, m] = [one.numerator, one.denominator, other.numerator, other.denominator].map(whole) as [
    string,
    string,
    string,
    string,
  ];
  const successes = `(${a} + ${b})`;
  const total = `(${n} + ${m})`;
  const expected = `(${n} / ${total} * ${successes})`;
  const variance = `(${expected} * (1 - ${successes} / ${total}) * ${m} / greatest(1, ${total} - 1))`;
  const likelihood = (k: string): string =>
    `${logChoose(n, k)} + ${logChoose(m, `(${successes} - ${k})`)} - ${logChoose(total, successes)}`;
  return massNoMoreLikelyThan({
    likelihood,
    observed: a,
    least: `greatest(0, ${successes} - ${m})`,
    most: `least(${successes}, ${n})`,
    expected,
    variance,
  });
}

/** How likely a split of `trials` at least this uneven is, if each falls on the first side with `probability`. */
export function binomialSql(successes: string, trials: string, probability: string): string {
  const [k, n] = [whole(successes), whole(trials)];
  const likelihood = (each: string): string =>
    `${logChoose(n, each)} + ${each} * log(${probability}) + (${n} - ${each}) * log1p(-(${probability}))`;
  return massNoMoreLikelyThan({
    likelihood,
    observed: k,
    least: '0',
    most: n,
    expected: `(${n} * ${probability})`,
    variance: `(${n} * ${probability} * (1 - ${probability}))`,
  });
}

function massNoMoreLikelyThan(outcomes: {
  likelihood: (outcome: string) => string;
  observed: string;
  least: string;
  most: string;
  expected: string;
  variance: string;
}): string {
  const { likelihood, observed, least, most, expected, variance } = outcomes;
  const reach = `(${String(FAR)} * sqrt(${variance}) + 10)`;
  const from = `toInt64(greatest(toFloat64(${least}), floor(${expected} - ${reach})))`;
  const to = `toInt64(least(toFloat64(${most}), ceil(${expected} + ${reach})))`;
  const near = `arrayMap(each -> ${likelihood('each')}, range(${from}, ${to} + 1))`;
  return `least(1, arraySum(log -> exp(log), arrayFilter(log -> log <= ${likelihood(observed)} + ${AS_LIKELY}, ${near})))`;
}

const whole = (expression: string): string => `toInt64(${expression})`;
