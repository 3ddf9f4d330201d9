import { type BellwetherError, type ExitCode, exitCodes } from '@bellwether/core';
import { deriveChanged, deriveRules } from '@bellwether/derive';
import {
  collect,
  type CollectResult,
  type GitTarget,
  type sources,
  storeCatalogue,
} from '@bellwether/sources';
import { formatCount } from '../terminal/format.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { type Session, sessionSecret } from './session.ts';

/**
 * Collects the targets, then computes the facts of what changed; with a configuration also of those repositories that
 * an earlier run was cut off from. What failed stands in the result; the rest is collected and derived all the same.
 */
export async function collectAndDerive(
  session: Session,
  source: (typeof sources)[number],
  targets: readonly GitTarget[],
  terminal: Terminal,
): Promise<CollectResult> {
  const { warehouse, config } = session;
  const { talk, signal, clock } = terminal;
  // Without a configuration there is no catalogue and no rule of one's own: those of others in this warehouse stay.
  const isConfigured = session.file !== null;
  if (isConfigured) await storeCatalogue({ warehouse, config });
  const secret = sessionSecret(session, terminal);
  const result = await collect({ warehouse, source, targets, config, secret, clock, talk, signal });
  if (result.status === 'cancelled') return result;
  const rules = deriveRules(config);
  const collected = result.targets.flatMap(({ repo }) => (repo === null ? [] : [repo]));
  const only = isConfigured ? undefined : collected;
  const derived = await deriveChanged({ warehouse, rules, talk, signal, only });
  if (derived.repositories > 0) {
    talk.info(`Facts: ${formatCount(derived.written)} rows written, ${formatCount(derived.removed)} removed`);
  }
  return result;
}

/** The exit code that a script can rely on. */
export function exitCodeOf({ status, targets }: CollectResult): ExitCode {
  if (status === 'ok') return exitCodes.ok;
  if (status === 'cancelled') return exitCodes.cancelled;
  if (status === 'partial') return exitCodes.partial;
  return targets.find(({ error }) => error !== null)?.error?.exitCode ?? exitCodes.failed;
}

/** The first thing that went wrong, for commands that have nothing to say without their one target. */
export function firstError({ targets }: CollectResult): BellwetherError | null {
  return targets.find(({ error }) => error !== null)?.error ?? null;
}
