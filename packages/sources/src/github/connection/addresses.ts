import { wrongAddress } from './errors.ts';

/** Where a GitHub is asked what. */
export interface Addresses {
  /** Names repositories: `github.com`. Without a port, as in the names that the git source gives. */
  readonly host: string;
  /** With no slash at the end. */
  readonly rest: string;
  readonly graphql: URL;
}

/**
 * The addresses that belong to `github.url`: github.com, a company's own ghe.com, or a GitHub Enterprise Server.
 *
 * @throws BellwetherError `github-url`
 */
export function addressesOf(url: string): Addresses {
  const base = parsed(url);
  const host = base.hostname.toLowerCase().replace(/^(www|api)\.(?=github\.com$)/, '');
  if (host === 'github.com' || host.endsWith('.ghe.com')) {
    const name = host.replace(/^api\./, '');
    return { host: name, rest: `https://api.${name}`, graphql: new URL(`https://api.${name}/graphql`) };
  }
  return {
    host,
    rest: `${base.origin}/api/v3`,
    graphql: new URL('/api/graphql', base.origin),
  };
}

function parsed(url: string): URL {
  const base = URL.canParse(url) ? new URL(url) : null;
  if (base === null || !/^https?:$/.test(base.protocol)) {
    throw wrongAddress('github.url', 'it is no http(s) address');
  }
  // It would end in names, logs and errors.
  if (base.username !== '' || base.password !== '') {
    throw wrongAddress(base.host, 'it holds a user name or password; credentials come from the environment');
  }
  return base;
}
