import type { Plan } from '../plan.ts';

/** Whether a figure meets its target, in words; '' where there is no figure. */
export function targetSql({ metric }: Plan, value: string, target: number): string {
  const isMet = `${value} ${metric.direction === 'lower-is-better' ? '<=' : '>='} ${String(target)}`;
  return `multiIf(${value} IS NULL, '', ${isMet}, 'met', 'missed')`;
}
