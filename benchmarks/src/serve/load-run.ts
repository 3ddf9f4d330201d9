import { Agent } from 'node:http';
import { setPriority } from 'node:os';
import { ask } from './ask.ts';
import { percentile } from './figures.ts';
import { loadQueries } from './queries.ts';

/** What happened to the questions of many clients. */
export interface LoadRun {
  answered: number;
  /** By HTTP status and ClickHouse's number, `503/202`; a connection that broke is `broken`. */
  refused: Record<string, number>;
  p50: number | null;
  p95: number | null;
}

/** `load-run.ts <url> <name:password> <clients> <seconds>`: each client asks one question after another. Prints a `LoadRun`. */
const [url = '', auth = '', clients = '', seconds = ''] = process.argv.slice(2);
// The clients stand for other machines: what they use of this one is not to be taken from the server.
setPriority(19);
const agent = new Agent({ keepAlive: true, maxSockets: Number(clients) });
const until = performance.now() + Number(seconds) * 1000;
const times: number[] = [];
const refused: Record<string, number> = {};

async function client(number: number): Promise<void> {
  for (let round = number; performance.now() < until; round += 1) {
    const { sql, format } = loadQueries[round % loadQueries.length]!;
    const outcome = await ask({ url, auth }, agent, sql, format).catch(() => null);
    if (outcome !== null && outcome.status === 200 && outcome.code === 0) times.push(outcome.milliseconds);
    else {
      const kind = outcome === null ? 'broken' : `${String(outcome.status)}/${String(outcome.code)}`;
      refused[kind] = (refused[kind] ?? 0) + 1;
    }
  }
}

await Promise.all(Array.from({ length: Number(clients) }, (_, number) => client(number)));
agent.destroy();
const run: LoadRun = {
  answered: times.length,
  refused,
  p50: percentile(times, 50),
  p95: percentile(times, 95),
};
process.stdout.write(`${JSON.stringify(run)}\n`);
