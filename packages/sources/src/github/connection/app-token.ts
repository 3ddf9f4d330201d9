import { createSign } from 'node:crypto';
import type { Instant } from '@bellwether/core';
import type { Secret } from './secret.ts';

/**
 * What a GitHub App says it is with: a JSON Web Token, valid for nine minutes. Dated a minute back, because GitHub
 * refuses one from the future and clocks differ.
 *
 * @param now by GitHub's clock
 */
export function appToken(appId: string, key: Secret, now: Instant): string {
  const seconds = Math.floor(now / 1000);
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const text = `${part({ alg: 'RS256', typ: 'JWT' })}.${part({
    iat: seconds - 60,
    exp: seconds + 540,
    iss: appId,
  })}`;
  return `${text}.${createSign('RSA-SHA256').update(text).sign(key.reveal(), 'base64url')}`;
}
