import type { IncomingMessage } from 'node:http';
import { isLoopback } from './client-address.ts';

/** Why a request that a browser was made to send is not answered. */
export interface ForeignRequest {
  status: 403 | 421;
  message: string;
}

/**
 * Keeps other web sites from using a browser that is logged in here, or that stands on this machine. Programs send none
 * of these headers. A link from elsewhere to a page is fine; a query behind one is not.
 *
 * @param isOpen whether programs of this machine come in without a password: then the name under which the server was
 *   asked has to be this machine's, because a site can make its own name point to 127.0.0.1
 */
export function foreignRequest(request: IncomingMessage, isOpen: boolean): ForeignRequest | null {
  const { host = '', origin } = request.headers;
  const site = request.headers['sec-fetch-site'];
  const isPageVisit =
    request.method === 'GET' &&
    request.headers['sec-fetch-mode'] === 'navigate' &&
    !(request.url ?? '').includes('?');
  const isFromElsewhere =
    (origin !== undefined && originHost(origin) !== host.toLowerCase()) ||
    site === 'cross-site' ||
    site === 'same-site';
  if (isFromElsewhere && !isPageVisit) {
    return { status: 403, message: 'Another web site made this browser ask, and gets no answer.' };
  }
  if (isOpen && (!isLoopback(hostName(host)) || isForwarded(request))) {
    return {
      status: 421,
      message:
        'Without users only programs of this machine are answered, at 127.0.0.1 or localhost. ' +
        'Configure users (serve.users) before a proxy or another name leads here.',
    };
  }
  return null;
}

/** Whether a proxy stands between: its address says nothing about who asks. */
export function isForwarded({ headers }: Pick<IncomingMessage, 'headers'>): boolean {
  return ['forwarded', 'x-forwarded-for', 'x-real-ip', 'via'].some((name) => headers[name] !== undefined);
}

function originHost(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host.toLowerCase() : null;
}

/** Without the port. */
function hostName(host: string): string {
  return host.replace(/:\d+$/, '');
}
