import { spawn } from 'node:child_process';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { repositoryFolder } from '../../git-store/git-store.ts';
import type { World } from '../../world/model.ts';
import { isGranted, isVisible } from '../tokens/access.ts';
import { readCredential } from '../tokens/credentials.ts';
import type { TokenStore } from '../tokens/token-store.ts';
import type { WorldIndex } from '../world-index.ts';

export interface GitSide {
  readonly world: World;
  readonly index: WorldIndex;
  readonly tokens: TokenStore;
  /** As `writeRepositories` fills it. Null: there are no repositories. */
  readonly folder: string | null;
  readonly origin: string;
}

/** Set for this process alone: what a server of partial clones needs, whatever its machine is configured with. */
const gitConfig: readonly (readonly [string, string])[] = [
  ['uploadpack.allowFilter', 'true'],
  ['uploadpack.allowAnySHA1InWant', 'true'],
  ['http.receivepack', 'false'],
  ['safe.directory', '*'],
];

/** Answers git over smart HTTP, through git's own `http-backend`; reading only. */
export function serveGit(side: GitSide, incoming: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(incoming.url ?? '/', side.origin);
  const [, owner = '', name = '', rest = ''] =
    /^\/([^/]+)\/([^/]+?)(?:\.git)?(\/.*)$/.exec(url.pathname) ?? [];
  const refusal = refuse(side, incoming, owner, name);
  if (refusal !== null) return end(response, refusal);
  const repository = side.index.repository(owner, name)!;
  const { login } = side.world.organisation;
  if (repository.name.toLowerCase() !== name.toLowerCase()) {
    const location = `${side.origin}/${login}/${repository.name}.git${rest}${url.search}`;
    return end(response, { status: 301, headers: { location } });
  }
  return runBackend(incoming, response, {
    GIT_PROJECT_ROOT: side.folder ?? '',
    PATH_INFO: `/${repositoryFolder('', repository)}${rest}`,
    QUERY_STRING: url.search.slice(1),
  });
}

interface Refusal {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/** GitHub says 404 and not 403: whoever may not read does not learn that there is something. */
function refuse(side: GitSide, incoming: IncomingMessage, owner: string, name: string): Refusal | null {
  const credential = readCredential(incoming.headers.authorization);
  const repository = side.index.repository(owner, name);
  if (credential === null) {
    return repository?.visibility === 'PUBLIC'
      ? null
      : { status: 401, headers: { 'www-authenticate': 'Basic realm="GitHub"' } };
  }
  const token = side.tokens.find(credential);
  if (token === null) return { status: 401, headers: { 'www-authenticate': 'Basic realm="GitHub"' } };
  const mayRead =
    repository !== null &&
    side.folder !== null &&
    isVisible(token, repository) &&
    isGranted(token, { scopes: [], permission: 'contents' });
  if (!mayRead) return { status: 404 };
  return token.needsSso === true && repository.visibility !== 'PUBLIC' ? { status: 403 } : null;
}

function end(response: ServerResponse, { status, headers = {} }: Refusal): Promise<void> {
  response.writeHead(status, headers);
  return new Promise((resolve) => response.end(() => resolve()));
}

/** CGI (RFC 3875): the request in the environment and stdin, the answer with its head on stdout. */
function runBackend(
  incoming: IncomingMessage,
  response: ServerResponse,
  place: Readonly<Record<string, string>>,
): Promise<void> {
  const configured = Object.fromEntries(
    gitConfig.flatMap(([key, value], index) => [
      [`GIT_CONFIG_KEY_${index}`, key],
      [`GIT_CONFIG_VALUE_${index}`, value],
    ]),
  );
  const header = (name: string): string => String(incoming.headers[name] ?? '');
  const child = spawn('git', ['http-backend'], {
    env: {
      ...process.env,
      ...configured,
      ...place,
      GIT_CONFIG_COUNT: String(gitConfig.length),
      GIT_HTTP_EXPORT_ALL: '1',
      GIT_PROTOCOL: header('git-protocol'),
      REQUEST_METHOD: incoming.method ?? 'GET',
      CONTENT_TYPE: header('content-type'),
      CONTENT_LENGTH: header('content-length'),
      HTTP_CONTENT_ENCODING: header('content-encoding'),
      REMOTE_ADDR: '127.0.0.1',
      REMOTE_USER: '',
    },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  // A client that goes away closes the pipe; what git was about to write is of no use to anyone then.
  child.stdin.on('error', () => child.kill());
  response.on('close', () => child.kill());
  incoming.pipe(child.stdin);
  return new Promise((resolve, reject) => {
    let head: Buffer | null = Buffer.alloc(0);
    let complaints = '';
    child.stderr.on('data', (chunk: Buffer) => {
      complaints += chunk.toString('utf8');
    });
    child.stdout.on('data', (chunk: Buffer) => {
      if (head === null) {
        if (!response.write(chunk)) {
          child.stdout.pause();
          response.once('drain', () => child.stdout.resume());
        }
        return;
      }
      head = Buffer.concat([head, chunk]);
      const split = head.indexOf('\r\n\r\n');
      if (split === -1) return;
      writeHead(response, head.subarray(0, split).toString('latin1'));
      response.write(head.subarray(split + 4));
      head = null;
    });
    child.on('error', reject);
    child.on('close', () => {
      if (head !== null) response.writeHead(500).write(`git http-backend failed: ${complaints}`);
      response.end(() => resolve());
      if (response.destroyed) resolve();
    });
  });
}

function writeHead(response: ServerResponse, head: string): void {
  let status = 200;
  for (const line of head.split('\r\n')) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon);
    const value = line.slice(colon + 1).trim();
    if (name.toLowerCase() === 'status') status = Number(value.slice(0, 3));
    else response.setHeader(name, value);
  }
  response.writeHead(status);
}
