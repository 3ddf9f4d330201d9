import type { Measure, MetricDefinition } from '@bellwether/metrics';

/** Currencies that Grafana can write; of others the amount stands alone. */
const CURRENCIES = new Set(
  'USD GBP EUR JPY RUB UAH BRL DKK ISK NOK SEK CZK CHF PLN ZAR INR KRW IDR PHP VND'.split(' '),
);

/** Grafana's name of the unit in which a figure is shown. */
export function unitOf(
  metric: Pick<MetricDefinition, 'unit'>,
  {
    measure = 'value',
    keeps,
    currency,
  }: { measure?: Measure | undefined; keeps?: unknown; currency: string },
): string {
  if (keeps !== undefined) return 'percentunit';
  if (measure === 'age') return 's';
  if (measure === 'per-week') return 'short';
  switch (metric.unit) {
    case 'seconds':
      return 's';
    case 'ratio':
      return 'percentunit';
    case 'coefficient':
      return 'none';
    case 'money':
      return CURRENCIES.has(currency) ? `currency${currency}` : 'none';
    case 'deployments':
    case 'changes':
    case 'pull requests':
    case 'lines':
    case 'rounds':
    case 'comments':
    case 'people':
    case 'incidents':
    case 'findings':
    case 'sources':
      return 'short';
  }
}
