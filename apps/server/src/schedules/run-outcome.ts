import { z } from 'zod';

/** How a scheduled run ended; `locked`: another command was writing. */
type Outcome = 'ok' | 'partial' | 'failed' | 'cancelled' | 'locked';

export interface RunOutcome {
  outcome: Outcome;
  /** Stable codes of what went wrong, never texts: these can carry what strangers wrote. */
  errors: string[];
  /** Rows written; null where the run did not come to say. */
  rows: number | null;
  /** Points of GitHub's hourly limit; null where the source has none. */
  points: number | null;
  /** Points that are left of it; null where nobody has said. */
  pointsLeft: number | null;
}

const ErrorCode = z.string().regex(/^[a-z][a-z0-9-]{0,40}$/);

/** What `bellwether collect --json` prints, as far as it is used. */
const Printed = z.object({
  status: z.enum(['ok', 'partial', 'failed', 'cancelled']),
  targets: z.array(z.object({ rowCount: z.number(), error: z.object({ code: ErrorCode }).nullable() })),
  usage: z.object({ points: z.number() }).nullable(),
  pointsLeft: z.number().nullable(),
});

const STATUS_BY_EXIT: Readonly<Record<number, Outcome>> = { 0: 'ok', 4: 'partial', 5: 'cancelled' };
const MOST_CODES = 10;

/**
 * @param exitCode null where a signal ended it
 * @param told stderr: errors that end a command stand there as `Error (code): …`
 */
export function readOutcome(exitCode: number | null, printed: string, told: string): RunOutcome {
  const result = Printed.safeParse(parseJson(printed)).data;
  const codes = [
    ...[...told.matchAll(/\bError \(([a-z][a-z0-9-]{0,40})\):/g)].map(([, code = '']) => code),
    ...(result?.targets.flatMap(({ error }) => error?.code ?? []) ?? []),
  ];
  const errors = [...new Set(codes)].slice(0, MOST_CODES);
  const status = result?.status ?? STATUS_BY_EXIT[exitCode ?? -1] ?? 'failed';
  return {
    outcome: status === 'failed' && errors.includes('warehouse-locked') ? 'locked' : status,
    errors,
    rows: result ? result.targets.reduce((sum, { rowCount }) => sum + rowCount, 0) : null,
    points: result?.usage?.points ?? null,
    pointsLeft: result?.pointsLeft ?? null,
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
