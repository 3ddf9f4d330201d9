import * as classic from '@grafana/grafana-foundation-sdk/dashboard';
import * as v2 from '@grafana/grafana-foundation-sdk/dashboardv2';
import { CLICKHOUSE, type ClickHouseTarget } from '../lib/click-house-query.ts';

/** A query in the second model: the plugin's own fields stand in `spec`. */
export function v2Query({
  datasource: _,
  refId: __,
  ...spec
}: Partial<ClickHouseTarget> & { rawSql: string }): {
  build(): v2.DataQueryKind;
} {
  return {
    build: () => ({
      kind: 'DataQuery',
      group: CLICKHOUSE,
      version: 'v0',
      datasource: { name: '${datasource}' },
      spec,
    }),
  };
}

interface Built {
  build(): v2.VariableKind;
}

/** The variables of a classic dashboard in the second model. */
export function v2Variables(list: readonly classic.VariableModel[]): Built[] {
  return list.map((variable) => {
    const { name, label = name } = variable;
    switch (variable.type) {
      case classic.VariableType.Datasource:
        return new v2.DatasourceVariableBuilder(name).label(label).pluginId(CLICKHOUSE);
      case classic.VariableType.Query:
        return queryVariable(variable);
      case classic.VariableType.Custom:
        return customVariable(variable);
      case classic.VariableType.Textbox:
        return new v2.TextVariableBuilder(name).label(label).query('').current({ text: '', value: '' });
      default:
        throw new Error(`the variable ${name} is of a type that is not drawn here: ${variable.type}`);
    }
  });
}

function queryVariable({
  name,
  label = name,
  query,
  definition = '',
  current,
}: classic.VariableModel): Built {
  const { rawSql } = query as { rawSql: string };
  return new v2.QueryVariableBuilder(name)
    .label(label)
    .query(v2Query({ rawSql, queryType: 'sql' as never }))
    .definition(definition)
    .refresh(v2.VariableRefresh.OnTimeRangeChanged)
    .sort(v2.VariableSort.Disabled)
    .multi(true)
    .includeAll(true)
    .allowCustomValue(false)
    .current(current ?? { text: ['All'], value: ['$__all'] });
}

function customVariable({ name, label = name, query, options = [], current }: classic.VariableModel): Built {
  return new v2.CustomVariableBuilder(name)
    .label(label)
    .query(typeof query === 'string' ? query : '')
    .options(options)
    .multi(false)
    .includeAll(false)
    .allowCustomValue(false)
    .current(current ?? { text: '', value: '' });
}
