import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { BellwetherError } from '@bellwether/core';
import { authError } from './errors.ts';
import { Secret } from './secret.ts';

/** Who we are to GitHub. */
export type Credentials =
  | { readonly kind: 'tokens'; readonly tokens: readonly Secret[] }
  | { readonly kind: 'app'; readonly appId: string; readonly key: Secret };

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Credentials from the environment: a GitHub App before several tokens before one. Null where there are none.
 *
 * @throws BellwetherError (exit code 3) for an App without key, a key that is none, a file that cannot be read
 */
export function readCredentials(env: Environment): Credentials | null {
  const appId = env['BELLWETHER_GITHUB_APP_ID']?.trim() ?? '';
  if (appId !== '') return { kind: 'app', appId, key: readKey(env) };
  const several = (env['BELLWETHER_GITHUB_TOKENS'] ?? '').split(',');
  const one = [env['GITHUB_TOKEN'] || env['GH_TOKEN'] || ''];
  for (const list of [several, one]) {
    const tokens = [...new Set(list.map((token) => token.trim()).filter((token) => token !== ''))];
    // A header cannot hold it; the error that would come of that shows the token.
    if (tokens.some((token) => !/^[\x21-\x7e]+$/.test(token))) {
      throw authError({
        code: 'github-token-malformed',
        message: 'A GitHub token in the environment holds blanks or other characters that no token has.',
        next: 'Set GITHUB_TOKEN to the token alone.',
      });
    }
    if (tokens.length > 0) return { kind: 'tokens', tokens: tokens.map((token) => new Secret(token)) };
  }
  return null;
}

/** @throws BellwetherError `github-no-token`, exit code 3 */
export function requireCredentials(env: Environment): Credentials {
  const credentials = readCredentials(env);
  if (credentials) return credentials;
  throw authError({
    code: 'github-no-token',
    message: 'There is no GitHub token in the environment.',
    next: 'Set GITHUB_TOKEN to a token that may read the repositories, or BELLWETHER_GITHUB_APP_ID and BELLWETHER_GITHUB_APP_KEY to a GitHub App.',
  });
}

function readKey(env: Environment): Secret {
  const given =
    env['BELLWETHER_GITHUB_APP_KEY']?.trim() || keyFromFile(env['BELLWETHER_GITHUB_APP_KEY_FILE']);
  const pem = given.includes('-----BEGIN')
    ? given.replaceAll('\\n', '\n')
    : Buffer.from(given, 'base64').toString('utf8');
  try {
    createPrivateKey(pem);
  } catch {
    // Without its cause, which may quote the key.
    throw keyError('The key of the GitHub App is no private key.');
  }
  return new Secret(pem);
}

function keyFromFile(file: string | undefined): string {
  if (!file) throw keyError('BELLWETHER_GITHUB_APP_ID is set, and the key of the App is not.');
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw keyError('The file that BELLWETHER_GITHUB_APP_KEY_FILE names cannot be read.');
  }
}

function keyError(message: string): BellwetherError {
  return authError({
    code: 'github-app-key',
    message,
    next: 'Set BELLWETHER_GITHUB_APP_KEY to the private key (PEM, or that in base64), or BELLWETHER_GITHUB_APP_KEY_FILE to its file.',
  });
}
