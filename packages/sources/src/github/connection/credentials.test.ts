import { generateKeyPairSync } from 'node:crypto';
import { inspect } from 'node:util';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readCredentials, requireCredentials } from './credentials.ts';
import { Secret } from './secret.ts';
import { TOKEN } from './testing/scripted-github.ts';

const { privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
});

describe('credentials in the environment', () => {
  const tokensOf = (env: Record<string, string>): string[] => {
    const found = readCredentials(env);
    return found?.kind === 'tokens' ? found.tokens.map((token) => token.reveal()) : [];
  };

  it('are a GitHub App before several tokens before one', () => {
    expect(tokensOf({ GITHUB_TOKEN: ' a ', GH_TOKEN: 'b' })).toEqual(['a']);
    expect(tokensOf({ GITHUB_TOKEN: '', GH_TOKEN: 'b' })).toEqual(['b']);
    expect(tokensOf({ GITHUB_TOKEN: 'a', BELLWETHER_GITHUB_TOKENS: 'c, d,,c' })).toEqual(['c', 'd']);
    expect(
      readCredentials({
        GITHUB_TOKEN: 'a',
        BELLWETHER_GITHUB_APP_ID: '7',
        BELLWETHER_GITHUB_APP_KEY: privateKey,
      }),
    ).toMatchObject({ kind: 'app', appId: '7' });
    expect(readCredentials({})).toBeNull();
  });

  it('hold the key as text, in one line, in base64 or in a file', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'app-key-'));
    const file = path.join(folder, 'key.pem');
    writeFileSync(file, privateKey);
    for (const given of [
      { BELLWETHER_GITHUB_APP_KEY: privateKey },
      { BELLWETHER_GITHUB_APP_KEY: privateKey.replaceAll('\n', '\\n') },
      { BELLWETHER_GITHUB_APP_KEY: Buffer.from(privateKey).toString('base64') },
      { BELLWETHER_GITHUB_APP_KEY_FILE: file },
    ]) {
      const found = readCredentials({ BELLWETHER_GITHUB_APP_ID: '7', ...given });
      expect(found?.kind === 'app' ? found.key.reveal().trim() : null).toBe(privateKey.trim());
    }
    rmSync(folder, { recursive: true });
  });

  it.each([
    [{}, 'github-no-token'],
    [{ GITHUB_TOKEN: 'ghp_secret with blanks' }, 'github-token-malformed'],
    [{ BELLWETHER_GITHUB_APP_ID: '7' }, 'github-app-key'],
    [{ BELLWETHER_GITHUB_APP_ID: '7', BELLWETHER_GITHUB_APP_KEY: 'ghp_secret' }, 'github-app-key'],
    [
      { BELLWETHER_GITHUB_APP_ID: '7', BELLWETHER_GITHUB_APP_KEY_FILE: '/nowhere/ghp_secret' },
      'github-app-key',
    ],
  ])('%j are refused with exit code 3', (env, code) => {
    let thrown: unknown;
    try {
      requireCredentials(env);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toMatchObject({ code, exitCode: 3 });
    expect(inspect(thrown, { depth: 10, showHidden: true })).not.toContain('ghp_secret');
  });

  it('show themselves to nobody', () => {
    const shown = new Secret(TOKEN);
    expect(
      [String(shown), JSON.stringify({ shown }), inspect({ shown }, { showHidden: true, depth: 10 })].join(),
    ).not.toContain(TOKEN);
  });
});
