import path from 'node:path';

/**
 * Turbo's entry. Called through node and not through node_modules/.bin, whose files are shell scripts on Windows.
 *
 * @param {string} root
 */
export function turboEntry(root) {
  return path.join(root, 'node_modules', 'turbo', 'bin', 'turbo');
}

/** Turbo can be told to keep to itself by environment alone, not in turbo.json. */
export const turboEnvironment = { TURBO_TELEMETRY_DISABLED: '1', TURBO_NO_UPDATE_NOTIFIER: '1' };
