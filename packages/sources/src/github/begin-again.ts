import { BellwetherError } from '@bellwether/core';
import type { SourceSession, Stream } from '../source.ts';

/**
 * A stream that begins again from the start where GitHub takes the page cursor that it remembered no more: how long one
 * is good for, GitHub does not say. One that is refused after the first checkpoint is left to the engine, which tries
 * again from there.
 */
export function beginsAgain<Session extends SourceSession, Cursor>(
  stream: Stream<Session, Cursor>,
): Stream<Session, Cursor> {
  return {
    ...stream,
    async *read(context) {
      let hasCheckpoint = false;
      try {
        for await (const batch of stream.read(context)) {
          hasCheckpoint ||= batch.checkpoint !== undefined;
          yield batch;
        }
        return;
      } catch (error) {
        const isRefused = error instanceof BellwetherError && error.code === 'github-cursor-refused';
        if (!isRefused || hasCheckpoint || context.cursor === null) throw error;
      }
      yield* stream.read({ ...context, cursor: null });
    },
  };
}
