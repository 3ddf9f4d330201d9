import { compileAnnotation, compilePanel, type PanelContext } from '@bellwether/metrics';
import * as grafana from '@grafana/grafana-foundation-sdk/dashboard';
import { ClickHouseQuery, dataSource } from '../lib/click-house-query.ts';
import { variablesOf } from '../lib/dimensions.ts';
import { uidOf } from '../lib/links.ts';
import { panelId } from '../lib/panel-id.ts';
import { placesOf } from '../lib/place.ts';
import type { DashboardSettings, DashboardSpec, RowSpec } from '../lib/spec.ts';
import { measuringPanel, textPanel } from './classic-panel.ts';
import { classicBuilder, type ClassicDashboard } from './classic-model.ts';
import { classicVariables } from './classic-variables.ts';
import type { VariablesByDashboard } from './panel-look.ts';

/** By which Grafana and the links between dashboards know ours. */
const TAG = 'bellwether';

/** A dashboard in the classic model, as Grafana provisions it from a file. */
export function classicDashboard(
  spec: DashboardSpec,
  settings: DashboardSettings,
  known: VariablesByDashboard,
): ClassicDashboard {
  const context: PanelContext = { timeZone: settings.timeZone, variables: variablesOf(spec.variables) };
  const builder = classicBuilder(spec.title)
    .uid(uidOf(spec.id))
    .description(`${spec.question} For ${spec.audience}.`)
    .tags([TAG])
    .readonly()
    .timezone(settings.timeZone)
    .weekStart('monday')
    .time({ from: spec.from, to: 'now' })
    .tooltip(grafana.DashboardCursorSync.Crosshair)
    .refresh('')
    .variables(classicVariables(spec, settings))
    .annotations(annotationsOf(spec, context))
    .link(
      new grafana.DashboardLinkBuilder('Dashboards')
        .type(grafana.DashboardLinkType.Dashboards)
        .tags([TAG])
        .asDropdown(true)
        .includeVars(true)
        .keepTime(true),
    );
  const dashboard = builder.build();
  dashboard.panels = panelsOf(spec, settings, context, known);
  // The SDK puts links and annotations into a menu; they belong where they are seen.
  for (const each of [...(dashboard.links ?? []), ...(dashboard.annotations.list ?? [])]) {
    delete each.placement;
  }
  return dashboard;
}

function panelsOf(
  spec: DashboardSpec,
  settings: DashboardSettings,
  context: PanelContext,
  known: VariablesByDashboard,
): (grafana.Panel | grafana.RowPanel)[] {
  const all: (grafana.Panel | grafana.RowPanel)[] = [];
  let top = 0;
  for (const row of spec.rows) {
    all.push(rowPanel(spec, row, top));
    const { places, bottom } = placesOf(row.panels, top + 1);
    row.panels.forEach((panel, index) => {
      const at = {
        id: panelId(spec.id, panel.key),
        place: places[index]!,
        variables: spec.variables,
        known,
        currency: settings.currency,
      };
      all.push(
        panel.kind === 'text'
          ? textPanel(panel, at)
          : measuringPanel(panel, compilePanel(panel.question, context), at),
      );
    });
    top = bottom;
  }
  return all;
}

function rowPanel(spec: DashboardSpec, { key, title }: RowSpec, top: number): grafana.RowPanel {
  return new grafana.RowBuilder(title)
    .id(panelId(spec.id, 'row', key))
    .collapsed(false)
    .gridPos({ x: 0, y: top, w: 24, h: 1 })
    .build();
}

const annotationLooks = {
  deployments: { name: 'Deployments', color: 'blue' },
  incidents: { name: 'Incidents', color: 'red' },
} as const;

function annotationsOf(spec: DashboardSpec, context: PanelContext): grafana.AnnotationQueryBuilder[] {
  return spec.annotations.map(({ kind, isShown }) => {
    const { name, color } = annotationLooks[kind];
    return new grafana.AnnotationQueryBuilder()
      .name(name)
      .datasource({ ...dataSource })
      .enable(isShown)
      .iconColor(color)
      .target(new ClickHouseQuery(compileAnnotation(kind, context).sql, { isSeries: false }));
  });
}
