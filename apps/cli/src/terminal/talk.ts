import type { Clock, ProgressState, Talk } from '@bellwether/core';
import { formatCount } from './format.ts';
import { plainText } from './plain-text.ts';

const REDRAW_MS = 100;
const PLAIN_LINE_MS = 5_000;

/**
 * Talks on stderr: one line that redraws itself on a terminal, elsewhere a plain line every few seconds, so that a log
 * of a long run stays readable.
 */
export function createTalk(
  output: { write(text: string): unknown; columns?: number },
  { isInteractive, clock }: { isInteractive: boolean; clock: Clock },
): Talk {
  let isLineOpen = false;
  let lastShown = -Infinity;
  let lastTask = '';
  let lastCall = -Infinity;
  const line = (text: string): void => {
    output.write(`${isLineOpen ? '\r\u001B[K' : ''}${plainText(text)}\n`);
    isLineOpen = false;
  };
  return {
    info: line,
    warn: (message) => {
      line(`! ${message}`);
    },
    progress: (state) => {
      const now = clock.now();
      if (isInteractive && state.task !== lastTask) lastShown = -Infinity;
      lastTask = state.task;
      // Short work should leave no trace in a log; of many short tasks in a row there is a line now and then.
      if (!isInteractive && now - lastCall >= PLAIN_LINE_MS) lastShown = Math.max(lastShown, now);
      lastCall = now;
      if (now - lastShown < (isInteractive ? REDRAW_MS : PLAIN_LINE_MS)) return;
      lastShown = now;
      const text = plainText(progressText(state));
      if (isInteractive) {
        output.write(`\r\u001B[K${text.slice(0, (output.columns ?? 80) - 1)}`);
        isLineOpen = true;
      } else {
        output.write(`${text}\n`);
      }
    },
  };
}

function progressText({ task, done, total, unit }: ProgressState): string {
  const amount = total === undefined ? formatCount(done) : `${formatCount(done)} of ${formatCount(total)}`;
  return `${task}: ${amount} ${unit}`;
}
