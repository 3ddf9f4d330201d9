/** What a client sent to prove who it is; null for nothing. A password of Basic authentication is a token too. */
export function readCredential(authorization: string | undefined): string | null {
  if (authorization === undefined) return null;
  const [scheme = '', value = ''] = authorization.split(' ');
  if (scheme.toLowerCase() !== 'basic') return value;
  const pair = Buffer.from(value, 'base64').toString('utf8');
  return pair.slice(pair.indexOf(':') + 1);
}
