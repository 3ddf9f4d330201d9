import { variableChoice } from '../choice.ts';
import { compilerGaps } from '../gaps.ts';
import { textLiteral } from '../grafana-dialect.ts';
import { type Plan, unknownVariables } from '../plan.ts';
import type { PanelContext, PanelQuestion } from './question.ts';

/** Why there is no figure, in words; '' where there is one. No panel is empty without its reason. */
export function reasonSql(
  { metric }: Plan,
  { variables }: PanelContext,
  { noData }: Pick<PanelQuestion, 'noData'>,
  gap: string,
): string {
  const words = { ...compilerGaps, ...(noData !== undefined && { 'no-data': noData }), ...metric.gaps };
  const keys = Object.keys(words).map(textLiteral).join(', ');
  const texts = Object.values(words).map(textLiteral).join(', ');
  const inWords = `transform(${gap}, [${keys}], [${texts}], ${gap})`;
  const unknown = unknownVariables(metric, variables);
  if (unknown.length === 0) return inWords;
  const cases = unknown.map(
    (variable) =>
      `NOT (${variableChoice(variable).isAll}), ${textLiteral(`it is not known by ${variable}: set ${variable} to All`)}`,
  );
  return `multiIf(${cases.join(', ')}, ${inWords})`;
}
