import type { Catalogue } from '../../catalogue.ts';
import type { Dialect } from '../dialect.ts';
import { grafanaDialect } from '../grafana-dialect.ts';
import { type Plan, planQuery } from '../plan.ts';
import type { Filters, Grain, QueryRequest } from '../request.ts';
import type { PanelContext, PanelQuestion } from './question.ts';

/** Stands for the window, which only the run of the statement knows; any that is allowed will do. */
const ANY_WINDOW = { since: Date.UTC(2000, 0, 1), until: Date.UTC(2001, 0, 1) };

/** A plan in Grafana's dialect. */
export function planPanel(
  question: Omit<PanelQuestion, 'shape'>,
  { timeZone, variables }: PanelContext,
  options: {
    grain: Grain;
    groupBy?: readonly string[];
    dialect?: Dialect;
    catalogue?: Catalogue | undefined;
  },
): { plan: Plan; dialect: Dialect } {
  const { metric, filters, bots, clock, keeps } = question;
  const { grain, groupBy = [], dialect = grafanaDialect(), catalogue } = options;
  const request: QueryRequest = {
    metric,
    period: { ...ANY_WINDOW, grain, timeZone },
    filters: { ...(filters as Partial<Filters>), ...(bots && { bots }) },
    groupBy: [...groupBy],
    ...(clock && { clock }),
    ...(keeps && { keeps }),
  };
  return { plan: planQuery(request, dialect, { variables, catalogue }), dialect };
}

/** The window before the one that is shown, of the same length. */
export function previousWindow(): Dialect {
  const dialect = grafanaDialect();
  const shifted = { since: 'previous_since', until: 'previous_until' } as const;
  return {
    ...dialect,
    instant: (name, milliseconds) =>
      dialect.instant(name === 'since' || name === 'until' ? shifted[name] : name, milliseconds),
  };
}
