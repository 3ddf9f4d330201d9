import { Config, systemClock } from '@bellwether/core';
import { startServer } from '../../src/start-server.ts';

/** Serves a folder until it is told to end; one operator, `tester`, with the password of the environment. */
const [path = ''] = process.argv.slice(2);
const { serve, schedules, timeZone, github, repositories } = Config.parse({
  serve: { users: [{ name: 'tester', role: 'operator', passwordVariable: 'TESTER_PASSWORD' }] },
});
const server = await startServer({
  target: { path },
  config: { serve, schedules, timeZone, github, repositories },
  listen: '127.0.0.1:0',
  env: process.env,
  clock: systemClock,
  log: { stream: { write: () => {} }, flush: () => {} },
  collectCommand: () => ({ command: 'false', args: [], cwd: '/', env: {} }),
});
process.stdout.write(`${server.url}\n`);
process.stdin.resume().once('end', () => void server.stop().then(() => process.exit(0)));
