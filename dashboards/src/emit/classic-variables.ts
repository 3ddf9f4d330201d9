import { BENCHMARK_VARIABLE, compileOptions, PERCENTILE_VARIABLE } from '@bellwether/metrics';
import * as grafana from '@grafana/grafana-foundation-sdk/dashboard';
import { CLICKHOUSE, dataSource } from '../lib/click-house-query.ts';
import { narrowing } from '../lib/dimensions.ts';
import { DATA_SOURCE_UID } from './provisioning.ts';
import type { DashboardSettings, DashboardSpec } from '../lib/spec.ts';

const ALL = '$__all';
const YEARS = ['2019', '2021', '2023', '2024', '2025'];
const PERCENTILES = [
  { text: 'Median', value: 'p50' },
  { text: 'p75', value: 'p75' },
  { text: 'p90', value: 'p90' },
];

interface Built {
  build(): grafana.VariableModel;
}

/** The data source first, then what narrows, the widest first, then how figures are shown. */
export function classicVariables(spec: DashboardSpec, settings: DashboardSettings): Built[] {
  const has = (name: string): boolean => spec.variables.some((each) => each === name);
  return [
    new grafana.DatasourceVariableBuilder('datasource')
      .label('Data source')
      .type(CLICKHOUSE)
      .current({ text: 'Bellwether', value: DATA_SOURCE_UID }),
    ...narrowing.filter(({ variable }) => has(variable)).map(({ variable }) => namesVariable(spec, variable)),
    ...(has(PERCENTILE_VARIABLE)
      ? [fixedVariable(PERCENTILE_VARIABLE, 'Percentile', PERCENTILES, 'p50')]
      : []),
    ...(has(BENCHMARK_VARIABLE)
      ? [
          fixedVariable(
            BENCHMARK_VARIABLE,
            'DORA benchmark',
            [...YEARS, 'none'].map((year) => ({ text: year, value: year })),
            settings.benchmark,
          ),
        ]
      : []),
    ...(has('deployment')
      ? [
          new grafana.TextBoxVariableBuilder('deployment')
            .label('Deployment')
            .description('The id of one deployment; empty: all. A click on a deployment puts it here.')
            .current({ text: '', value: '' })
            .defaultValue(''),
        ]
      : []),
  ];
}

/** Names that the warehouse knows, within what the wider variables leave. */
function namesVariable(spec: DashboardSpec, variable: string): Built {
  const position = narrowing.findIndex((each) => each.variable === variable);
  const { dimension, label } = narrowing[position]!;
  const wider = Object.fromEntries(
    narrowing
      .slice(0, position)
      .filter((each) => spec.variables.includes(each.variable))
      .map((each) => [each.dimension, each.variable]),
  );
  const { sql } = compileOptions(dimension, wider);
  const builder = new grafana.QueryVariableBuilder(variable)
    .label(label)
    .datasource({ ...dataSource })
    .query({ refId: variable, queryType: 'sql', rawSql: sql })
    .definition(`Names: ${label.toLowerCase()}`)
    // With the time: names come up and go while a dashboard is open.
    .refresh(grafana.VariableRefresh.OnTimeRangeChanged)
    .sort(grafana.VariableSort.Disabled)
    .multi(true)
    .includeAll(true)
    .allowCustomValue(false)
    .current({ text: ['All'], value: [ALL] });
  return builder;
}

function fixedVariable(
  name: string,
  label: string,
  options: readonly { text: string; value: string }[],
  first: string,
): Built {
  const chosen = options.find(({ value }) => value === first) ?? options[0]!;
  return new grafana.CustomVariableBuilder(name)
    .label(label)
    .values(options.map(({ text, value }) => (text === value ? value : `${text} : ${value}`)).join(','))
    .options(options.map((option) => ({ ...option, selected: option === chosen })))
    .multi(false)
    .includeAll(false)
    .allowCustomValue(false)
    .current({ ...chosen });
}
