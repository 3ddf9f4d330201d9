import type { Aggregate } from '../../metric.ts';
import type { Plan } from '../plan.ts';
import { type AggregateSql, groupedByPeriod, inWindow, quality } from './aggregate.ts';

/**
 * How unevenly a load is spread over its holders: the Gini coefficient (0: all alike; towards 1: one holds all), and
 * the share of the busiest tenth, rounded up to whole holders. A holder's load is the sum of its values in the period;
 * who has no row in it is not known to exist and does not count.
 *
 * Gini of ascending loads x₁ … xₙ: 2 Σ i·xᵢ ÷ (n Σ xᵢ) − (n + 1) ÷ n.
 */
export function concentration(
  plan: Plan,
  { holder }: Extract<Aggregate, { kind: 'concentration' }>,
): AggregateSql {
  const loads = 'cells.sorted_loads';
  const sum = `arraySum(${loads})`;
  const isMissing = `cells.holders < 2 OR ${sum} = 0`;
  return {
    reads: [holder],
    ctes: [
      {
        name: 'loads',
        sql: groupedByPeriod(plan, [...quality, 'toFloat64(sum(ifNull(value, 0))) AS load'], 'observed', {
          ...inWindow(plan),
          by: [holder],
        }),
      },
      {
        name: 'cells',
        sql: groupedByPeriod(
          plan,
          [
            'sum(loads.total) AS total',
            'sum(loads.n) AS n',
            'sumMap(loads.basis_counts) AS basis_counts',
            'sumMap(loads.gap_counts) AS gap_counts',
            'countIf(loads.n > 0) AS holders',
            'arraySort(groupArrayIf(loads.load, loads.n > 0)) AS sorted_loads',
          ],
          'loads',
        ),
      },
    ],
    value: `if(${isMissing}, NULL, 2 * arraySum((x, i) -> x * i, ${loads}, arrayEnumerate(${loads})) / (cells.holders * ${sum}) - (cells.holders + 1) / cells.holders)`,
    columns: [
      { name: 'holders', sql: 'cells.holders' },
      {
        name: 'busiest_tenth_share',
        sql: `if(${isMissing}, NULL, arraySum(arraySlice(${loads}, toInt64(-ceil(cells.holders / 10)))) / ${sum})`,
      },
    ],
    gaps: [
      ['cells.n > 0 AND cells.holders < 2', 'too-few-holders'],
      [`cells.n > 0 AND ${sum} = 0`, 'no-load'],
    ],
  };
}
