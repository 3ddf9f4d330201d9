import type { Config } from '@bellwether/core';
import type { RunningServer } from '@bellwether/server';
import { shellWord } from '../terminal/command-name.ts';

interface Serving {
  server: Pick<RunningServer, 'url' | 'isLocal' | 'isOpen'>;
  /** The folder, or the host of a ClickHouse server. */
  place: string;
  config: Pick<Config, 'serve' | 'schedules'>;
}

/** What somebody who has just started a server wants to know: where it is, who may ask, how, and how it ends. */
export function servingText({ server: { url, isLocal, isOpen }, place, config }: Serving): string {
  const { hostname, port } = new URL(url);
  const [user] = config.serve.users;
  const name = user?.name ?? '';
  const curlUser = isOpen ? '' : `-u ${shellWord(name)} `;
  const rows: [string, string][] = [
    ['Who may ask', whoMayAsk(isOpen, config)],
    ['In a browser', `${url}/ and ${url}/play`],
    ['curl', `curl ${curlUser}'${url}/?query=SHOW+TABLES+FROM+metrics'`],
    ['Python', pythonText(`${url}/?query=SHOW+TABLES+FROM+metrics`, isOpen ? null : name)],
    ['Grafana', `ClickHouse data source, protocol HTTP, server ${hostname}, port ${port}, database metrics`],
    ['Prometheus', `${url}/metrics`],
    ['On schedule', scheduleText(config)],
  ];
  const width = Math.max(...rows.map(([title]) => title.length));
  return [
    `Bellwether serves ${place} at ${url}${isLocal ? '' : ', and to other machines'}`,
    '',
    ...rows.map(([title, text]) => `  ${title.padEnd(width)}  ${text}`),
    '',
    'Other commands work beside it. Ctrl-C stops it: what runs may end first.',
    '',
  ].join('\n');
}

/** Not in the address: proxies and histories keep addresses. */
function pythonText(address: string, user: string | null): string {
  if (user === null) return `urllib.request.urlopen('${address}').read()`;
  const headers = `{'X-ClickHouse-User': '${user}', 'X-ClickHouse-Key': '<password>'}`;
  return `urllib.request.urlopen(urllib.request.Request('${address}', headers=${headers})).read()`;
}

function whoMayAsk(isOpen: boolean, { serve: { users } }: Pick<Config, 'serve'>): string {
  if (isOpen) return 'programs of this machine, for metrics, without a password';
  const names = users.slice(0, 5).map(({ name, role }) => `${name} (${role})`);
  const others = users.length > 5 ? ` and ${String(users.length - 5)} more` : '';
  return `${names.join(', ')}${others}, each with a password`;
}

function scheduleText({ schedules }: Pick<Config, 'schedules'>): string {
  if (schedules.length === 0) return 'nothing (see `schedules` of bellwether.yaml)';
  return schedules.map(({ source, cron }) => `${source} at "${cron}"`).join(', ');
}

/** The same for a program. */
export function servingJson({ url, isOpen }: Pick<RunningServer, 'url' | 'isOpen'>): string {
  return `${JSON.stringify({ url, pid: process.pid, needsPassword: !isOpen })}\n`;
}
