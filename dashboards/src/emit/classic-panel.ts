import type { CompiledPanel } from '@bellwether/metrics';
import * as common from '@grafana/grafana-foundation-sdk/common';
import * as grafana from '@grafana/grafana-foundation-sdk/dashboard';
import { PanelBuilder as StatBuilder } from '@grafana/grafana-foundation-sdk/stat';
import { PanelBuilder as TableBuilder } from '@grafana/grafana-foundation-sdk/table';
import { PanelBuilder as TextBuilder, TextMode } from '@grafana/grafana-foundation-sdk/text';
import { PanelBuilder as TimeseriesBuilder } from '@grafana/grafana-foundation-sdk/timeseries';
import { ClickHouseQuery, dataSource } from '../lib/click-house-query.ts';
import { descriptionOf, titleOf } from '../lib/description.ts';
import { linkTo } from '../lib/links.ts';
import type { Place } from '../lib/place.ts';
import type { PanelSpec, VariableName } from '../lib/spec.ts';
import {
  carried,
  columnLinks,
  type Look,
  lookOf,
  type MeasuringPanel,
  type VariablesByDashboard,
} from './panel-look.ts';

/** What a panel has to know of where it stands. */
export interface PanelPlace {
  readonly id: number;
  readonly place: Place;
  /** The variables of its dashboard, and those of all others. */
  readonly variables: readonly VariableName[];
  readonly known: VariablesByDashboard;
  readonly currency: string;
}

/** What the builders of all kinds of panels have in common. */
type AnyPanelBuilder = StatBuilder | TableBuilder | TimeseriesBuilder;

/** A panel in the classic model. */
export function textPanel(
  panel: Extract<PanelSpec, { kind: 'text' }>,
  { id, place }: PanelPlace,
): grafana.Panel {
  return new TextBuilder()
    .id(id)
    .title(panel.title)
    .description(descriptionOf(panel))
    .gridPos(place)
    .mode(TextMode.Markdown)
    .content(panel.markdown)
    .build();
}

/** A panel that asks a metric, in the classic model. */
export function measuringPanel(
  panel: MeasuringPanel,
  compiled: CompiledPanel,
  at: PanelPlace,
): grafana.Panel {
  const look = lookOf(panel, compiled, at.currency);
  const builder = ofKind(panel, compiled, look);
  const isSeries = panel.kind === 'trend' && panel.question.groupBy !== undefined;
  const origin = { question: panel.question, columns: compiled.columns };
  builder
    .id(at.id)
    .title(titleOf(panel))
    .description(descriptionOf(panel))
    .gridPos(at.place)
    .datasource({ ...dataSource })
    .withTarget(new ClickHouseQuery(compiled.sql, { isSeries, origin }))
    .unit(look.unit)
    .noValue(panel.question.noData ?? 'unknown')
    .colorScheme({ build: () => ({ mode: colourOf(panel) }) })
    .thresholds(
      new grafana.ThresholdsConfigBuilder()
        .mode(grafana.ThresholdsMode.Absolute)
        .steps(look.steps.map((step) => ({ ...step }))),
    );
  addOverrides(builder, panel, compiled, look, at);
  const panelBuilt = builder.build();
  const { leadsTo } = panel;
  if (leadsTo !== undefined && panel.kind !== 'parts') {
    const url = linkTo(leadsTo, carried(at.variables, leadsTo, at.known));
    panelBuilt.links = [
      new grafana.DashboardLinkBuilder('More of this').type(grafana.DashboardLinkType.Link).url(url).build(),
    ];
  }
  return panelBuilt;
}

function colourOf({ kind }: MeasuringPanel): grafana.FieldColorModeId {
  return kind === 'trend' || kind === 'stages'
    ? grafana.FieldColorModeId.PaletteClassic
    : grafana.FieldColorModeId.Thresholds;
}

function ofKind(panel: MeasuringPanel, compiled: CompiledPanel, look: Look): AnyPanelBuilder {
  switch (panel.kind) {
    case 'stat':
      return statBuilder('/^Value$/', common.BigValueTextMode.Value);
    case 'evidence': {
      const shown = look.styles.filter(({ name }) => evidenceColumns.has(name)).map(({ title }) => title);
      return statBuilder(`/^(${shown.join('|')})$/`, common.BigValueTextMode.ValueAndName).text(
        new common.VizTextDisplayOptionsBuilder().titleSize(12).valueSize(16),
      );
    }
    case 'trend':
    case 'stages':
      return timeseriesBuilder(panel);
    case 'parts':
    case 'rows':
      return new TableBuilder()
        .showHeader(true)
        .cellHeight(common.TableCellHeight.Sm)
        .align(common.FieldTextAlignment.Auto)
        .filterable(false);
  }
}

/** What stands beside a number; the number itself is in the panel before. */
const evidenceColumns = new Set([
  'change',
  'verdict',
  'band',
  'target',
  'target_met',
  'n',
  'coverage',
  'reason',
]);

function statBuilder(fields: string, mode: common.BigValueTextMode): StatBuilder {
  return new StatBuilder()
    .textMode(mode)
    .colorMode(common.BigValueColorMode.Value)
    .graphMode(common.BigValueGraphMode.None)
    .reduceOptions(new common.ReduceDataOptionsBuilder().values(false).calcs(['lastNotNull']).fields(fields));
}

function timeseriesBuilder(panel: Extract<MeasuringPanel, { kind: 'trend' | 'stages' }>): TimeseriesBuilder {
  const isStack = panel.kind === 'stages';
  const isBars = isStack || panel.draw === 'bars';
  const hasSeveral = isStack || panel.question.groupBy !== undefined || panel.question.isSpread === true;
  return (
    new TimeseriesBuilder()
      .drawStyle(isBars ? common.GraphDrawStyle.Bars : common.GraphDrawStyle.Line)
      .lineWidth(isBars ? 1 : 2)
      .fillOpacity(isBars ? 60 : 0)
      .pointSize(5)
      // A period without a figure is a gap; a value alone between two gaps would not be seen without its point.
      .showPoints(isBars ? common.VisibilityMode.Never : common.VisibilityMode.Always)
      .spanNulls(false)
      .axisSoftMin(0)
      .stacking(
        new common.StackingConfigBuilder().mode(
          isStack ? common.StackingMode.Normal : common.StackingMode.None,
        ),
      )
      .legend(
        new common.VizLegendOptionsBuilder()
          .showLegend(hasSeveral)
          .displayMode(common.LegendDisplayMode.List)
          .placement(common.LegendPlacement.Bottom),
      )
      .tooltip(
        new common.VizTooltipOptionsBuilder()
          .mode(common.TooltipDisplayMode.Multi)
          .sort(common.SortOrder.None),
      )
  );
}

function addOverrides(
  builder: AnyPanelBuilder,
  panel: MeasuringPanel,
  { columns }: CompiledPanel,
  { styles }: Look,
  { variables, known }: PanelPlace,
): void {
  const isChart = panel.kind === 'trend' || panel.kind === 'stages';
  // A line for each name is called by its name, which a title of ours would hide.
  const isNamed = panel.kind === 'trend' && panel.question.groupBy !== undefined;
  for (const { name, properties } of styles) {
    if (isChart && (name === 'time' || isNamed)) continue;
    const hidden =
      isChart && name === 'n'
        ? [{ id: 'custom.hideFrom', value: { viz: true, legend: true, tooltip: false } }]
        : [];
    const coloured = !isChart && isColoured(name) && (panel.kind === 'parts' || panel.kind === 'rows');
    builder.overrideByName(name, [
      ...properties,
      ...hidden,
      ...(coloured ? [{ id: 'custom.cellOptions', value: { type: 'color-text' } }] : []),
    ]);
  }
  if (isChart) return;
  for (const { name, properties } of columnLinks(panel, columns, variables, known)) {
    builder.overrideByName(name, properties);
  }
}

const isColoured = (name: string): boolean => ['verdict', 'coverage', 'target_met'].includes(name);
