import type { FlowEvent } from './read-flow.ts';
import { wholeSecond } from '../working-time/index.ts';
import type { Span } from './stages.ts';

/**
 * The stretches between events of one kind and the next of another, in whole seconds: in draft, in the merge queue.
 *
 * @param events of one pull request, in order of time
 * @param endsAt when a stretch ends at the latest; Infinity where the pull request still stands
 */
export function stays(
  events: readonly FlowEvent[],
  [begins, ends]: readonly [FlowEvent['kind'], FlowEvent['kind']],
  endsAt: number,
): Span[] {
  const found: Span[] = [];
  let since: number | null = null;
  for (const { kind, at } of events) {
    if (kind === begins) since ??= wholeSecond(at);
    if (kind !== ends || since === null) continue;
    found.push({ from: since, to: Math.min(wholeSecond(at), endsAt) });
    since = null;
  }
  if (since !== null) found.push({ from: since, to: endsAt });
  return found;
}
