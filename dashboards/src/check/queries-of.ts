import type { PanelQuestion } from '@bellwether/metrics';
import { UnderstoodDashboard } from './understood.ts';
import type { BuiltDashboard } from '../emit/build.ts';

/** A query of a dashboard, whoever asks it. */
export interface DashboardQuery {
  readonly dashboard: string;
  /** Title of the panel, name of the variable or annotation. */
  readonly where: string;
  readonly rawSql: string;
  /** The columns that it must give; null where anything will do. */
  readonly columns: readonly string[] | null;
  /** Of a panel. */
  readonly question: PanelQuestion | null;
}

/** Every query of every panel, variable and annotation. */
export function queriesOf({ id, classic }: BuiltDashboard): DashboardQuery[] {
  const { panels, templating, annotations } = UnderstoodDashboard.parse(classic);
  return [
    ...panels.flatMap((panel): DashboardQuery[] => {
      if (panel.type === 'row' || panel.type === 'text') return [];
      const [{ rawSql, bellwether }] = panel.targets;
      return [
        {
          dashboard: id,
          where: panel.title,
          rawSql,
          columns: bellwether?.columns.map(({ name }) => name) ?? null,
          question: (bellwether?.question as PanelQuestion | undefined) ?? null,
        },
      ];
    }),
    ...templating.list.flatMap(({ name, query }): DashboardQuery[] =>
      typeof query === 'object'
        ? [
            {
              dashboard: id,
              where: `variable ${name}`,
              rawSql: query.rawSql,
              columns: ['name'],
              question: null,
            },
          ]
        : [],
    ),
    ...annotations.list.map(({ name, target }): DashboardQuery => ({
      dashboard: id,
      where: `annotation ${name}`,
      rawSql: target.rawSql,
      columns: ['time', 'text', 'tags'],
      question: null,
    })),
  ];
}
