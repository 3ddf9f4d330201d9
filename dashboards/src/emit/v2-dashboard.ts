import type * as classic from '@grafana/grafana-foundation-sdk/dashboard';
import * as v2 from '@grafana/grafana-foundation-sdk/dashboardv2';
import type { Manifest } from '@grafana/grafana-foundation-sdk/resource';
import type { ClickHouseTarget } from '../lib/click-house-query.ts';
import type { ClassicDashboard } from './classic-model.ts';
import { v2Query, v2Variables } from './v2-variables.ts';

/** Of the panel plugins that are drawn here; Grafana takes its own where it differs. */
const VISUALISATION_VERSION = '';

/**
 * The same dashboard in Grafana's second model, as a manifest for its API. Made from the classic one, so that the two
 * cannot differ in what they show.
 */
export function v2Manifest(dashboard: ClassicDashboard): Manifest {
  const { title = '', uid = '', description = '', tags = [], time, timezone = '', panels = [] } = dashboard;
  const builder = new v2.DashboardBuilder(title)
    .description(description)
    .tags(tags)
    .editable(false)
    .cursorSync(v2.DashboardCursorSync.Crosshair)
    .variables(v2Variables(dashboard.templating.list ?? []))
    .annotations((dashboard.annotations.list ?? []).map(annotation))
    .links((dashboard.links ?? []).map(link))
    .timeSettings(
      new v2.TimeSettingsBuilder()
        .timezone(timezone)
        .from(time?.from ?? 'now-90d')
        .to(time?.to ?? 'now')
        .weekStart('monday'),
    )
    .layout(rowsLayout(panels));
  for (const panel of panels) {
    if (!isRow(panel)) builder.element(elementName(panel), element(panel));
  }
  return v2.manifest(uid, builder).build();
}

type AnyPanel = classic.Panel | classic.RowPanel;

const isRow = (panel: AnyPanel): panel is classic.RowPanel => panel.type === 'row';

const elementName = ({ id = 0 }: { id?: number }): string => `panel-${String(id)}`;

function element(panel: classic.Panel): v2.PanelBuilder {
  const group = new v2.QueryGroupBuilder();
  for (const target of (panel.targets ?? []) as ClickHouseTarget[]) {
    group.target(new v2.TargetBuilder().refId(target.refId).query(v2Query(target)));
  }
  const { id = 0, title = '', description = '', type, fieldConfig } = panel;
  const options: unknown = panel.options;
  return new v2.PanelBuilder()
    .id(id)
    .title(title)
    .description(description)
    .links(
      (panel.links ?? []).map(({ title: text, url = '' }) => new v2.DataLinkBuilder().title(text).url(url)),
    )
    .data(group)
    .visualization({
      build: () => ({
        kind: 'VizConfig',
        group: type,
        version: VISUALISATION_VERSION,
        // Both models describe fields alike; the types of the two differ in enums of the same words.
        spec: { options, fieldConfig: fieldConfig as unknown as v2.FieldConfigSource },
      }),
    });
}

/** Rows with a grid each; in the classic model they stand below each other in one. */
function rowsLayout(panels: readonly AnyPanel[]): v2.RowsBuilder {
  const layout = new v2.RowsBuilder();
  let grid: v2.GridBuilder | null = null;
  let top = 0;
  for (const panel of panels) {
    if (isRow(panel)) {
      grid = new v2.GridBuilder();
      top = (panel.gridPos?.y ?? 0) + 1;
      layout.row(
        new v2.RowBuilder()
          .title(panel.title ?? '')
          .collapse(false)
          .layout(grid),
      );
    } else if (grid !== null) {
      const { x, y, w, h } = panel.gridPos ?? { x: 0, y: 0, w: 12, h: 8 };
      grid.item(
        new v2.GridItemBuilder()
          .name(elementName(panel))
          .x(x)
          .y(y - top)
          .width(w)
          .height(h),
      );
    }
  }
  return layout;
}

function annotation(query: classic.AnnotationQuery): v2.AnnotationQueryBuilder {
  return new v2.AnnotationQueryBuilder()
    .name(query.name ?? '')
    .enable(query.enable ?? false)
    .hide(false)
    .iconColor(query.iconColor ?? 'red')
    .query(v2Query(query.target as unknown as ClickHouseTarget));
}

function link({
  title,
  tags,
  asDropdown,
  includeVars,
  keepTime,
}: classic.DashboardLink): v2.DashboardLinkBuilder {
  return new v2.DashboardLinkBuilder()
    .title(title)
    .type(v2.DashboardLinkType.Dashboards)
    .tags(tags)
    .asDropdown(asDropdown)
    .includeVars(includeVars)
    .keepTime(keepTime);
}
