import type { Config } from '@bellwether/core';
import { truncations } from '@bellwether/warehouse';
import { z } from 'zod';
import { keysOf, rowsOf, type Stream } from '../source.ts';
import type { GitHubSession, Permission } from './session.ts';

/** Stands in place of a stream's own cursor for as long as the token may not read it. */
const Refused = z.strictObject({ refused: z.string(), cursor: z.unknown() });
type Refused = z.infer<typeof Refused>;

export interface Need<Session extends GitHubSession, Cursor> {
  readonly permission: Permission;
  /** Plural noun for what is not read: `deployments`. */
  readonly what: string;
  readonly stream: Stream<Session, Cursor>;
  /** Whether the configuration asks for it at all. */
  readonly isWanted?: (config: Config) => boolean;
}

/**
 * A stream that asks for nothing where the probe was refused what it reads. It says so once, in ops.truncations, and
 * costs no more until the token may; then it goes on from where it had been before.
 */
export function needsPermission<Session extends GitHubSession, Cursor>({
  permission,
  what,
  stream,
  isWanted = () => true,
}: Need<Session, Cursor>): Stream<Session, Cursor | Refused> {
  const isRefused = (session: GitHubSession, config: Config): boolean =>
    session.hint.refused.includes(permission) && isWanted(config);
  const ownCursor = (cursor: Cursor | Refused | null): Cursor | null => {
    if (!isNote(cursor)) return cursor;
    const own = stream.cursor.safeParse(cursor.cursor);
    return own.success ? own.data : null;
  };
  return {
    ...stream,
    tables: [...new Set([...stream.tables, truncations])],
    cursor: z.union([Refused, stream.cursor]),
    isCurrent({ cursor, ...context }) {
      if (isNote(cursor)) return isRefused(context.session, context.config);
      return !isRefused(context.session, context.config) && stream.isCurrent({ ...context, cursor });
    },
    async *read({ cursor, ...context }) {
      const { session, config } = context;
      const own = ownCursor(cursor);
      const key = { repo: session.repo, source: 'github', stream: stream.name, entity: what };
      if (isRefused(session, config)) {
        const detail = `The token may not read the ${what} of this repository.`;
        yield {
          rows: [rowsOf(truncations, [{ ...key, reason: 'no-permission', detail }])],
          checkpoint: { refused: permission, cursor: own },
        };
        return;
      }
      if (isNote(cursor)) yield { removals: [keysOf(truncations, [key])] };
      yield* stream.read({ ...context, cursor: own });
    },
  };
}

function isNote(cursor: unknown): cursor is Refused {
  return Refused.safeParse(cursor).success;
}
