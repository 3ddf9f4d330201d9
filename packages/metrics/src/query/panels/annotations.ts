import type { Catalogue } from '../../catalogue.ts';
import { column } from '../columns.ts';
import { rowsSql } from '../rows.ts';
import { planPanel } from './plan-panel.ts';
import type { PanelContext } from './question.ts';

/** Marks on the time axis: what happened then. */
export type AnnotationKind = 'deployments' | 'incidents';

/** More marks than these hide the lines that they stand on. */
const MOST = 100;

const kinds = {
  deployments: {
    metric: 'deployment_frequency',
    text: "concat(service, if(ref = '', '', concat(' ', ref)))",
    tag: "'deployment'",
    reads: ['ref'],
  },
  incidents: {
    metric: 'incidents',
    text: "concat(if(service = '', 'Incident', concat('Incident of ', service)), if(severity = '', '', concat(', ', severity)))",
    tag: "'incident'",
    reads: ['severity'],
  },
} as const;

/** The latest deployments or incidents of the window as rows of an annotation: `time`, `text`, `tags`. */
export function compileAnnotation(
  kind: AnnotationKind,
  context: PanelContext,
  catalogue?: Catalogue,
): { sql: string } {
  const { metric, text, tag, reads } = kinds[kind];
  const { plan, dialect } = planPanel({ metric }, context, { grain: 'whole', catalogue });
  const { calendar } = plan;
  const window = [`${column('at')} >= ${calendar.since}`, `${column('at')} < ${calendar.until}`];
  return {
    sql: [
      `WITH ${calendar.declarations.map(({ name, sql }) => `${sql} AS ${name}`).join(', ')}`,
      `SELECT at AS time, ${text} AS text, ${tag} AS tags`,
      `FROM (\n${rowsSql(plan, ['at', 'service', ...reads], window).replaceAll(/^/gm, '  ')}\n)`,
      `ORDER BY time DESC LIMIT ${dialect.integer('limit', MOST)}`,
    ].join('\n'),
  };
}
