import type { PanelColumn, PanelQuestion } from '@bellwether/metrics';
import type { Builder, Dataquery } from '@grafana/grafana-foundation-sdk/cog';

/** Of the data source plugin. */
export const CLICKHOUSE = 'grafana-clickhouse-datasource';

/** Without a version the plugin takes a query for one of its old ones, and rewrites it. */
const PLUGIN_VERSION = '4.20.0';

/** Every panel asks the data source that the reader picks. */
export const dataSource = { type: CLICKHOUSE, uid: '${datasource}' } as const;

/** What a query was made from. Grafana keeps it and looks away; `check`, `diff` and the preview read it. */
export interface QueryOrigin {
  readonly question: PanelQuestion;
  readonly columns: readonly PanelColumn[];
}

export interface ClickHouseTarget extends Dataquery {
  readonly refId: string;
  readonly datasource: typeof dataSource;
  readonly editorType: 'sql';
  readonly rawSql: string;
  /** 0: time series, 1: table. */
  readonly format: 0 | 1;
  readonly queryType: 'timeseries' | 'table';
  readonly pluginVersion: string;
  readonly bellwether?: QueryOrigin;
}

/** The query model of Grafana's ClickHouse plugin, which the Foundation SDK does not know. */
export class ClickHouseQuery implements Builder<Dataquery> {
  readonly #rawSql: string;
  readonly #isSeries: boolean;
  readonly #origin: QueryOrigin | undefined;

  constructor(rawSql: string, { isSeries, origin }: { isSeries: boolean; origin?: QueryOrigin }) {
    this.#rawSql = rawSql;
    this.#isSeries = isSeries;
    this.#origin = origin;
  }

  build(): ClickHouseTarget {
    return {
      refId: 'A',
      datasource: dataSource,
      editorType: 'sql',
      rawSql: this.#rawSql,
      format: this.#isSeries ? 0 : 1,
      queryType: this.#isSeries ? 'timeseries' : 'table',
      pluginVersion: PLUGIN_VERSION,
      ...(this.#origin && { bellwether: this.#origin }),
      // A mark of the SDK's types; JSON leaves functions out.
      _implementsDataqueryVariant() {},
    };
  }
}
