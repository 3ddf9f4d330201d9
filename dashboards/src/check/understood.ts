import { z } from 'zod';

/**
 * The part of Grafana's classic model that our dashboards use, and nothing else: `check` refuses what goes beyond it, so
 * that the preview can draw everything that it lets pass. A new field here is a new thing to draw there.
 */
const DataSource = z.strictObject({
  type: z.literal('grafana-clickhouse-datasource'),
  uid: z.literal('${datasource}'),
});

const Column = z.strictObject({
  name: z.string(),
  role: z.enum(['time', 'measure', 'count', 'share', 'label', 'link', 'text']),
});

const Target = z.strictObject({
  refId: z.string(),
  datasource: DataSource,
  editorType: z.literal('sql'),
  rawSql: z.string().min(1),
  format: z.union([z.literal(0), z.literal(1)]),
  queryType: z.enum(['timeseries', 'table']),
  pluginVersion: z.string().regex(/^4\./),
  bellwether: z
    .strictObject({
      question: z.looseObject({ shape: z.string(), metric: z.string() }),
      columns: z.array(Column),
    })
    .optional(),
});

const GridPos = z.strictObject({
  x: z.int().min(0).max(23),
  y: z.int().min(0),
  w: z.int().min(1).max(24),
  h: z.int().min(1),
});

const Step = z.strictObject({ value: z.number().nullable(), color: z.string() });
const Thresholds = z.strictObject({ mode: z.literal('absolute'), steps: z.array(Step).min(1) });

const Mapping = z.strictObject({
  type: z.literal('value'),
  options: z.record(z.string(), z.strictObject({ text: z.string(), color: z.string(), index: z.int() })),
});

const Link = z.strictObject({ title: z.string(), url: z.string(), targetBlank: z.boolean() });

/** The properties that an override of a column may set. */
const Property = z.discriminatedUnion('id', [
  z.strictObject({ id: z.literal('displayName'), value: z.string() }),
  z.strictObject({ id: z.literal('unit'), value: z.string() }),
  z.strictObject({ id: z.literal('thresholds'), value: Thresholds }),
  z.strictObject({ id: z.literal('mappings'), value: z.array(Mapping) }),
  z.strictObject({ id: z.literal('links'), value: z.array(Link) }),
  z.strictObject({
    id: z.literal('custom.hideFrom'),
    value: z.strictObject({ viz: z.boolean(), legend: z.boolean(), tooltip: z.boolean() }),
  }),
  z.strictObject({
    id: z.literal('custom.cellOptions'),
    value: z.strictObject({ type: z.literal('color-text') }),
  }),
]);

const Override = z.strictObject({
  matcher: z.strictObject({ id: z.literal('byName'), options: z.string() }),
  properties: z.array(Property),
});

const fieldConfig = <Custom extends z.ZodType>(custom: Custom) =>
  z.strictObject({
    defaults: z.strictObject({
      unit: z.string(),
      noValue: z.string(),
      color: z.strictObject({ mode: z.enum(['thresholds', 'palette-classic']) }),
      thresholds: Thresholds,
      custom,
    }),
    overrides: z.array(Override),
  });

const DashboardLink = z.strictObject({
  title: z.string(),
  type: z.enum(['link', 'dashboards']),
  icon: z.string(),
  tooltip: z.string(),
  tags: z.array(z.string()),
  asDropdown: z.boolean(),
  targetBlank: z.boolean(),
  includeVars: z.boolean(),
  keepTime: z.boolean(),
  url: z.string().optional(),
  placement: z.literal('inControlsMenu').optional(),
});

const panelBase = {
  id: z.int().positive(),
  title: z.string(),
  description: z.string(),
  transparent: z.literal(false),
  repeatDirection: z.literal('h'),
  gridPos: GridPos,
};
const queried = {
  ...panelBase,
  datasource: DataSource,
  targets: z.tuple([Target]),
  links: z.array(DashboardLink).optional(),
};

const StatPanel = z.strictObject({
  ...queried,
  type: z.literal('stat'),
  fieldConfig: fieldConfig(z.undefined().optional()),
  options: z.strictObject({
    graphMode: z.literal('none'),
    colorMode: z.literal('value'),
    justifyMode: z.literal('auto'),
    textMode: z.enum(['value', 'value_and_name']),
    wideLayout: z.literal(true),
    showPercentChange: z.literal(false),
    reduceOptions: z.strictObject({
      values: z.literal(false),
      calcs: z.tuple([z.literal('lastNotNull')]),
      fields: z.string().regex(/^\/\^.*\$\/$/),
    }),
    percentChangeColorMode: z.literal('standard'),
    orientation: z.literal('auto'),
    text: z.strictObject({ titleSize: z.number(), valueSize: z.number() }).optional(),
  }),
});

const TimeseriesPanel = z.strictObject({
  ...queried,
  type: z.literal('timeseries'),
  fieldConfig: fieldConfig(
    z.strictObject({
      drawStyle: z.enum(['line', 'bars']),
      lineWidth: z.number(),
      fillOpacity: z.number(),
      pointSize: z.number(),
      showPoints: z.enum(['always', 'never']),
      spanNulls: z.literal(false),
      axisSoftMin: z.literal(0),
      stacking: z.strictObject({ mode: z.enum(['none', 'normal']) }),
    }),
  ),
  options: z.strictObject({
    legend: z.strictObject({
      displayMode: z.literal('list'),
      placement: z.literal('bottom'),
      showLegend: z.boolean(),
      calcs: z.array(z.string()).max(0),
    }),
    tooltip: z.strictObject({ mode: z.literal('multi'), sort: z.literal('none') }),
  }),
});

const TablePanel = z.strictObject({
  ...queried,
  type: z.literal('table'),
  fieldConfig: fieldConfig(
    z.strictObject({ align: z.literal('auto'), inspect: z.literal(false), filterable: z.literal(false) }),
  ),
  options: z.strictObject({
    frameIndex: z.literal(0),
    showHeader: z.literal(true),
    showTypeIcons: z.literal(false),
    cellHeight: z.literal('sm'),
    footer: z.strictObject({
      show: z.literal(false),
      reducer: z.array(z.never()),
      countRows: z.literal(false),
    }),
  }),
});

const TextPanel = z.strictObject({
  ...panelBase,
  type: z.literal('text'),
  options: z.strictObject({ mode: z.literal('markdown'), content: z.string().min(1) }),
  fieldConfig: z.unknown().optional(),
});

const RowPanel = z.strictObject({
  type: z.literal('row'),
  id: z.int().positive(),
  title: z.string().min(1),
  collapsed: z.literal(false),
  gridPos: GridPos,
  panels: z.array(z.never()).max(0),
});

export const UnderstoodPanel = z.discriminatedUnion('type', [
  StatPanel,
  TimeseriesPanel,
  TablePanel,
  TextPanel,
  RowPanel,
]);
export type UnderstoodPanel = z.infer<typeof UnderstoodPanel>;

const Option = z.strictObject({
  text: z.union([z.string(), z.array(z.string())]),
  value: z.union([z.string(), z.array(z.string())]),
  selected: z.boolean().optional(),
});

const UnderstoodVariable = z.strictObject({
  type: z.enum(['datasource', 'query', 'custom', 'textbox']),
  description: z.string().optional(),
  datasource: DataSource.optional(),
  definition: z.string().optional(),
  skipUrlSync: z.literal(false),
  allowCustomValue: z.boolean().optional(),
  sort: z.literal(0).optional(),
  // What the SDK writes for every kind of variable; they mean something for intervals alone.
  auto: z.literal(false),
  auto_min: z.string(),
  auto_count: z.int(),
  name: z.string().regex(/^[a-z][a-z0-9_]*$/),
  label: z.string().min(1),
  multi: z.boolean().optional(),
  includeAll: z.boolean().optional(),
  refresh: z.int().optional(),
  current: Option,
  options: z.array(Option).optional(),
  query: z
    .union([
      z.string(),
      z.strictObject({ refId: z.string(), queryType: z.literal('sql'), rawSql: z.string().min(1) }),
    ])
    .optional(),
});
export type UnderstoodVariable = z.infer<typeof UnderstoodVariable>;

const UnderstoodAnnotation = z.strictObject({
  name: z.string().min(1),
  datasource: DataSource,
  enable: z.boolean(),
  hide: z.literal(false),
  iconColor: z.string(),
  builtIn: z.literal(0),
  target: Target,
});

/** A dashboard as we draw it. */
export const UnderstoodDashboard = z.strictObject({
  uid: z.string().regex(/^[a-z0-9-]{8,40}$/),
  title: z.string().min(1),
  description: z.string().min(1),
  tags: z.array(z.string()),
  timezone: z.string().min(1),
  editable: z.boolean(),
  graphTooltip: z.literal(1),
  fiscalYearStartMonth: z.literal(0),
  weekStart: z.literal('monday'),
  refresh: z.literal(''),
  schemaVersion: z.int(),
  time: z.strictObject({ from: z.string().regex(/^now-\d+[dMy]$/), to: z.literal('now') }),
  templating: z.strictObject({ list: z.array(UnderstoodVariable) }),
  annotations: z.strictObject({ list: z.array(UnderstoodAnnotation).default([]) }),
  links: z.array(DashboardLink),
  panels: z.array(UnderstoodPanel),
});
export type UnderstoodDashboard = z.infer<typeof UnderstoodDashboard>;
