import { type BellwetherError, type ExitCode, exitCodes } from '@bellwether/core';
import type { CollectResult } from '@bellwether/sources';

/** The exit code of a run that a script can rely on. What failed as a whole has the code of its first error. */
export function exitCodeOfStatus(status: CollectResult['status'], error: BellwetherError | null): ExitCode {
  if (status === 'ok') return exitCodes.ok;
  if (status === 'cancelled') return exitCodes.cancelled;
  if (status === 'partial') return exitCodes.partial;
  return error?.exitCode ?? exitCodes.failed;
}
