import type { Clock, Role } from '@bellwether/core';
import type { Admitted, Answer, QueryContext, ServedWarehouse } from '@bellwether/warehouse';

/** A statement that the engine works on. */
export interface Piece {
  /** The one of its line in the log, and of the client's `X-ClickHouse-Query-Id`. */
  id: string;
  role: Role;
  kind: Admitted['kind'];
  /** Since it began. */
  seconds: number;
}

/** What the engine works on now. */
export interface WorkInProgress {
  pieces(): Piece[];
  /** Resolves when nothing is being written. */
  written(): Promise<void>;
}

/** The same warehouse, and what it works on: when the server ends, somebody wants to know what was cut off. */
export function watchWork(
  served: ServedWarehouse,
  clock: Clock,
): { served: ServedWarehouse; work: WorkInProgress } {
  const begun = new Map<object, Omit<Piece, 'seconds'> & { at: number }>();
  let onWritten: (() => void)[] = [];
  const isWriting = (): boolean =>
    [...begun.values()].some(({ kind }) => kind === 'insert' || kind === 'command');
  const begin = ({ kind }: Admitted, { id, role }: QueryContext): (() => void) => {
    const key = {};
    begun.set(key, { id, role, kind, at: clock.now() });
    return () => {
      begun.delete(key);
      if (isWriting()) return;
      for (const tell of onWritten) tell();
      onWritten = [];
    };
  };
  return {
    served: {
      warehouse: served.warehouse,
      admit: (request) => served.admit(request),
      run: (admitted, context) => watchedRun(served, admitted, context, begin(admitted, context)),
      insert: (admitted, context, body) => {
        const end = begin(admitted, context);
        return served.insert(admitted, context, body).finally(end);
      },
      status: () => served.status(),
      close: (graceMs) => served.close(graceMs),
    },
    work: {
      pieces: () =>
        [...begun.values()].map(({ at, ...piece }) => ({ ...piece, seconds: (clock.now() - at) / 1000 })),
      written: () =>
        new Promise((resolve) => {
          if (isWriting()) onWritten.push(resolve);
          else resolve();
        }),
    },
  };
}

/** The engine is done with an answer that is whole when it comes, and with a streamed one at its end. */
async function watchedRun(
  served: ServedWarehouse,
  admitted: Admitted,
  context: QueryContext,
  end: () => void,
): Promise<Answer> {
  let answer: Answer;
  try {
    answer = await served.run(admitted, context);
  } catch (error) {
    end();
    throw error;
  }
  if (answer.isStreamed) answer.chunks = watchedChunks(answer.chunks, end);
  else end();
  return answer;
}

function watchedChunks(
  chunks: AsyncIterableIterator<Uint8Array>,
  end: () => void,
): AsyncIterableIterator<Uint8Array> {
  return {
    next: async () => {
      try {
        const piece = await chunks.next();
        if (piece.done === true) end();
        return piece;
      } catch (error) {
        end();
        throw error;
      }
    },
    return: async () => {
      try {
        return (await chunks.return?.()) ?? { done: true, value: undefined };
      } finally {
        end();
      }
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
