import { describe, expect, it } from 'vitest';
import { metrics } from '../../registry.ts';
import type { MetricDefinition } from '../../metric.ts';
import { compileAnnotation } from './annotations.ts';
import { compilePanel } from './compile-panel.ts';
import { compileOptions } from './options.ts';
import type { PanelContext, PanelQuestion } from './question.ts';

const context: PanelContext = {
  timeZone: 'Europe/Berlin',
  variables: {
    team_group: 'group',
    team: 'team',
    service: 'service',
    repo: 'repository',
    environment: 'environment',
  },
};

/** Everything that can be asked of a metric. */
function questionsTo({ id, aggregate, dimensions, parts }: MetricDefinition): PanelQuestion[] {
  const [groupBy = 'team'] = dimensions;
  const hasPercentiles = aggregate.kind === 'distribution';
  return [
    { shape: 'figure', metric: id, ...(hasPercentiles && { percentile: 'chosen' }), target: 1 },
    { shape: 'figure', metric: id, isBare: true },
    { shape: 'trend', metric: id, grain: 'week', isSpread: hasPercentiles },
    { shape: 'trend', metric: id, grain: 'quarter', groupBy },
    { shape: 'parts', metric: id, groupBy, limit: 10 },
    { shape: 'rows', metric: id, limit: 10 },
    ...(parts ? [{ shape: 'stages', metric: id, grain: 'month' } as const] : []),
  ];
}

describe.each(metrics as readonly MetricDefinition[])('panels of $id', (metric) => {
  it('bind nothing, and name only macros and variables that there are', () => {
    for (const question of questionsTo(metric)) {
      const { sql, columns } = compilePanel(question, context);
      expect(sql).not.toMatch(/\{\w+:[A-Z]/);
      const names = [...sql.matchAll(/\$(?:\{(\w+):(\w+)\}|(\w+))/g)].map(([, braced, format, plain]) =>
        braced === undefined ? plain : `${braced}:${format!}`,
      );
      const allowed = [
        ...[
          '__fromTime_ms',
          '__toTime_ms',
          '__conditionalAll',
          'percentile:singlequote',
          'benchmark_year:singlequote',
        ],
        ...Object.values(context.variables).flatMap((name) => [name, `${name}:singlequote`]),
      ];
      expect(names.filter((name) => !allowed.includes(name ?? ''))).toEqual([]);
      expect(new Set(columns.map(({ name }) => name)).size).toBe(columns.length);
    }
  });
});

describe('what a panel cannot ask', () => {
  it.each<[string, PanelQuestion, string]>([
    ['a metric of no catalogue', { shape: 'figure', metric: 'velocity' }, 'metric-unknown'],
    [
      'ages of what does not stand',
      { shape: 'figure', metric: 'cycle_time', measure: 'age' },
      'measure-unknown',
    ],
    [
      'how many of a share',
      { shape: 'figure', metric: 'change_fail_rate', measure: 'per-week' },
      'measure-unknown',
    ],
    [
      'percentiles of a share',
      { shape: 'trend', metric: 'change_fail_rate', grain: 'week', isSpread: true },
      'measure-unknown',
    ],
    ['stages of no sum', { shape: 'stages', metric: 'review_rounds', grain: 'week' }, 'parts-unknown'],
    [
      'a dimension it does not know',
      { shape: 'parts', metric: 'cycle_time', groupBy: 'severity', limit: 5 },
      'dimension-unknown',
    ],
  ])('%s', (_what, question, code) => {
    expect(() => compilePanel(question, context)).toThrow(expect.objectContaining({ code }));
  });

  it('a key that the rows do not lead to', () => {
    const question = {
      shape: 'rows',
      metric: 'cycle_time',
      limit: 5,
      keys: { author: 'deployment' },
    } as const;
    expect(() => compilePanel(question, context)).toThrow('does not lead to author');
  });
});

describe('names that a variable offers', () => {
  it('are those within what the wider variables are set to', () => {
    const { sql } = compileOptions('team', { team_group: 'group' });
    expect(sql).toContain('$__conditionalAll(fact.team_group IN (${group:singlequote}), $group)');
    expect(sql).toContain("NOT startsWith(name, '(')");
  });
});

describe('marks on the time axis', () => {
  it('are narrowed by what is picked', () => {
    expect(compileAnnotation('deployments', context).sql).toContain('$service');
    expect(compileAnnotation('incidents', context).sql).toContain('LIMIT 100');
  });
});
