import { createHmac } from 'node:crypto';

/**
 * The pseudonym under which a person appears outside `private.identities`.
 *
 * HMAC-SHA-256, cut to 128 bits in hex. Keyed, because an unkeyed hash of an e-mail
 * address can be reversed by trying addresses.
 *
 * @param secret  at least 16 characters; see `personKeySecret` of the warehouse
 * @param identity `git:<normalised e-mail>` or `<host>:<node id>`
 */
export function personKey(secret: string, identity: string): string {
  return createHmac('sha256', secret).update(identity).digest('hex').slice(0, 32);
}

/**
 * The git identity of a person: trimmed, lower case, and GitHub's
 * `12345+login@users.noreply.github.com` reduced to the login form, because the number
 * appears only in newer commits of the same person.
 */
export function gitIdentity(email: string): string {
  const normalised = email.trim().toLowerCase();
  return `git:${normalised.replace(/^\d+\+(?=[^@]+@users\.noreply\.)/, '')}`;
}
