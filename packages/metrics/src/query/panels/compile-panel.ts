import type { Catalogue } from '../../catalogue.ts';
import { compileFigure } from './figure.ts';
import type { CompiledPanel, PanelContext, PanelQuestion } from './question.ts';
import { compileRowsPanel } from './rows.ts';
import { compileStages } from './stages.ts';
import { compileTrend } from './trend.ts';

/**
 * Compiles what a panel asks to SQL with the macros and variables of Grafana's ClickHouse plugin. The same plan as a
 * report's, so that both give the same number.
 *
 * @throws BellwetherError for whatever the metric cannot answer
 */
export function compilePanel(
  question: PanelQuestion,
  context: PanelContext,
  catalogue?: Catalogue,
): CompiledPanel {
  switch (question.shape) {
    case 'figure':
    case 'parts':
      return compileFigure(question, context, catalogue);
    case 'trend':
      return compileTrend(question, context, catalogue);
    case 'rows':
      return compileRowsPanel(question, context, catalogue);
    case 'stages':
      return compileStages(question, context, catalogue);
  }
}
