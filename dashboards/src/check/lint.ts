import type { BuiltDashboard } from '../emit/build.ts';
import type { Finding } from './finding.ts';
import { lintPanel } from './lint-panel.ts';
import { UnderstoodDashboard, type UnderstoodPanel } from './understood.ts';

type Complain = (where: string, rule: string, message: string) => void;

/**
 * What grafana/dashboard-linter asks of a dashboard, as far as it is not about Prometheus, and what we ask: that it is
 * within what the preview draws, that its SQL is the compiler's, its units the catalogue's, its links whole, and that
 * no column tells people apart.
 *
 * @param settings `all`: where only some are looked at, the others that they link to
 */
export function lintDashboards(
  built: readonly BuiltDashboard[],
  settings: { currency: string; all?: readonly BuiltDashboard[] },
): Finding[] {
  const { currency, all = built } = settings;
  const findings: Finding[] = [];
  const uids = new Set(all.map(({ classic }) => classic.uid ?? ''));
  if (uids.size < all.length) {
    findings.push({
      rule: 'uid-unique',
      dashboard: 'all',
      where: '',
      message: 'two dashboards have one address',
    });
  }
  for (const { id, classic, context } of built) {
    const complain: Complain = (where, rule, message) =>
      findings.push({ rule, dashboard: id, where, message });
    const parsed = UnderstoodDashboard.safeParse(classic);
    if (!parsed.success) {
      for (const { path, message } of parsed.error.issues.slice(0, 10)) {
        complain('', 'beyond-the-preview', `${path.join('.')}: ${message}`);
      }
      continue;
    }
    lintFrame(parsed.data, complain);
    lintLayout(parsed.data.panels, complain);
    for (const panel of parsed.data.panels) {
      lintPanel(panel, { context, currency, uids }, (rule, message) => complain(panel.title, rule, message));
    }
  }
  return findings;
}

function lintFrame({ editable, templating, panels }: UnderstoodDashboard, complain: Complain): void {
  if (editable) {
    complain('', 'uneditable-dashboard', 'it can be edited in Grafana, and the next build would undo that');
  }
  const [source] = templating.list.filter(({ type }) => type === 'datasource');
  if (source?.name !== 'datasource' || source.label !== 'Data source') {
    complain(
      '',
      'template-datasource-rule',
      'its data source is no variable "datasource", called "Data source"',
    );
  }
  for (const { name, type, refresh } of templating.list) {
    if (type === 'query' && refresh !== 2) {
      complain(
        name,
        'template-on-time-change-reload-rule',
        'its names are not read again when the time changes',
      );
    }
  }
  const seen = new Map<number, string>();
  for (const { id, title } of panels) {
    const other = seen.get(id);
    if (other !== undefined) {
      complain(title, 'panel-id-unique', `it has the id of "${other}": give one of them another key`);
    }
    seen.set(id, title);
  }
}

/** Panels within the grid, and none on another. */
function lintLayout(panels: readonly UnderstoodPanel[], complain: Complain): void {
  panels.forEach(({ gridPos: a, title }, index) => {
    if (a.x + a.w > 24) complain(title, 'layout', 'it reaches beyond the 24 columns');
    for (const { gridPos: b, title: other } of panels.slice(index + 1)) {
      const isApart = a.x + a.w <= b.x || b.x + b.w <= a.x || a.y + a.h <= b.y || b.y + b.h <= a.y;
      if (!isApart) complain(title, 'layout', `it lies on "${other}"`);
    }
  });
}
