import { BellwetherError, type BellwetherErrorOptions, exitCodes } from '@bellwether/core';

/** What the credentials are not, or not any more. Exit code 3. */
export function authError(
  options: Pick<BellwetherErrorOptions, 'code' | 'message' | 'next'>,
): BellwetherError {
  return new BellwetherError({ ...options, retry: 'no', exitCode: exitCodes.auth });
}

export function tokenRefused(host: string): BellwetherError {
  return authError({
    code: 'github-auth',
    message: `${host} does not accept the credentials: wrong, expired or revoked.`,
    next: 'Make a new token (or check the GitHub App), set it in the environment, and run the same command again.',
  });
}

/** @param link where the token can be let in; GitHub gives one where a person can do that */
export function samlProtected(organisation: string, link: string | null): BellwetherError {
  return authError({
    code: 'github-saml',
    message: `${organisation || 'The organisation'} is protected by SAML single sign-on, and the token has not been let in.`,
    next: link
      ? `Authorise the token at ${link}`
      : 'Authorise the token under Settings → Developer settings → Configure SSO.',
  });
}

export function forbidden(what: string): BellwetherError {
  return authError({
    code: 'github-forbidden',
    message: `GitHub forbids ${what} with these credentials.`,
    next: 'Run `bellwether doctor`: it lists the scopes that the token lacks and what each is for.',
  });
}

export function unreachable(host: string, why: string): BellwetherError {
  return new BellwetherError({
    code: 'github-unreachable',
    message: `${host} could not be reached or did not answer properly: ${why}.`,
    retry: 'later',
    next: 'Run the same command again later; it goes on where it stopped. Check github.url and the proxy if it never worked.',
  });
}

export function wrongAddress(url: string, why: string): BellwetherError {
  return new BellwetherError({
    code: 'github-url',
    message: `${url} does not answer like a GitHub: ${why}.`,
    retry: 'no',
    next: 'Set github.url in bellwether.yaml to https://github.com or to the address of your GitHub Enterprise Server.',
  });
}

export function proxyFailed(host: string, why: string): BellwetherError {
  return new BellwetherError({
    code: 'github-proxy',
    message: `The proxy did not let the request to ${host} through: ${why}.`,
    retry: 'later',
    next: 'Check HTTPS_PROXY, HTTP_PROXY and NO_PROXY.',
  });
}

/** An answer that is not what GitHub documents. Names the place and never a value. */
export function unexpectedAnswer(query: string, path: string, what: string): BellwetherError {
  return new BellwetherError({
    code: 'github-schema',
    message: `GitHub answered ${query} otherwise than documented${path === '' ? '' : `, at ${path}`}: ${what}.`,
    retry: 'no',
    next: 'Run the same command again. If it stays, report it at the project with this message.',
  });
}

/** Whoever keeps page cursors from run to run begins again from the start. */
export function cursorRefused(query: string): BellwetherError {
  return new BellwetherError({
    code: 'github-cursor-refused',
    message: `GitHub does not take the page cursor of ${query} any more.`,
    retry: 'now',
    next: 'Run the same command again. If it stays, report it at the project with this message.',
  });
}

export function tooHeavy(query: string): BellwetherError {
  return new BellwetherError({
    code: 'github-too-heavy',
    message: `GitHub could not answer ${query} in time, not even for one item.`,
    retry: 'later',
    next: 'Run the same command again later; it goes on where it stopped.',
  });
}

export function stillLimited(host: string): BellwetherError {
  return new BellwetherError({
    code: 'github-rate-limit',
    message: `${host} refused again and again for too many requests, after waiting as long as it asked.`,
    retry: 'later',
    next: 'Something else uses the same token. Run the same command again in an hour; it goes on where it stopped.',
  });
}
