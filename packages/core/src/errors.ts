/** Exit codes of every command. Scripts rely on them; never renumber. */
export const exitCodes = { ok: 0, failed: 1, usage: 2, auth: 3, partial: 4, cancelled: 5 } as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

export interface BellwetherErrorOptions {
  /** Stable and kebab-case, for scripts and tests: `warehouse-locked`. */
  code: string;
  /** One sentence: what failed. Never a secret, a payload or a person. */
  message: string;
  /** Whether the same command can succeed later without anyone changing anything. */
  retry: 'now' | 'later' | 'no';
  /** What to do next, best as a command that can be pasted. */
  next: string;
  exitCode?: ExitCode;
  cause?: unknown;
}

/** The only error that a user is meant to read. Anything else that surfaces is a bug of ours. */
export class BellwetherError extends Error {
  override readonly name = 'BellwetherError';
  readonly code: string;
  readonly retry: BellwetherErrorOptions['retry'];
  readonly next: string;
  readonly exitCode: ExitCode;

  constructor(options: BellwetherErrorOptions) {
    super(options.message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = options.code;
    this.retry = options.retry;
    this.next = options.next;
    this.exitCode = options.exitCode ?? exitCodes.failed;
  }
}

/** The caller asked for something that cannot be: wrong flag, wrong file, wrong name. Exit code 2. */
export function usageError(code: string, message: string, next: string, cause?: unknown): BellwetherError {
  return new BellwetherError({ code, message, retry: 'no', next, exitCode: exitCodes.usage, cause });
}

/** The user pressed Ctrl-C. Whatever was acknowledged is stored; running again goes on from there. */
export function cancelledError(next: string): BellwetherError {
  return new BellwetherError({
    code: 'cancelled',
    message: 'Cancelled. What was stored so far is consistent and stays.',
    retry: 'now',
    next,
    exitCode: exitCodes.cancelled,
  });
}
