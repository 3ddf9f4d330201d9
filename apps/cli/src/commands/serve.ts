import { exitCodes } from '@bellwether/core';
import { commonOptions, defineCommand } from '../command-line/command.ts';
import { collectCommand } from '../serve/collect-command.ts';
import { readPassword } from '../serve/read-password.ts';
import { servingJson, servingText } from '../serve/serving-text.ts';
import { endAtOnce, hasThreads, runWithThreads, stopSignal } from '../serve/with-threads.ts';
import { loadConfig } from '../setup/config-file.ts';
import { warehouseTarget } from '../setup/warehouse-target.ts';
import type { Terminal } from '../terminal/terminal.ts';

/** Stopping has bounds of its own, below these; then the process ends, whatever hangs. */
const END_MS = 40_000;
/** Before the end that every command has: that one waits for the engine's threads. */
const KILL_MS = 35_000;

export const command = defineCommand({
  name: 'serve',
  summary: 'Serve the warehouse to Grafana and every other client of ClickHouse',
  positionals: [],
  options: {
    listen: {
      type: 'string',
      value: 'address',
      summary: 'Where to listen, instead of the configured 127.0.0.1:8123; port 0 takes a free one',
    },
    'hash-password': {
      type: 'boolean',
      summary: 'Ask for a password, or read a line, and print what stands for it in bellwether.yaml',
    },
    json: { type: 'boolean', summary: 'Print address and process number as JSON' },
    ...commonOptions,
  },
  examples: [
    'bellwether serve',
    'bellwether serve --listen 0.0.0.0:8123',
    'bellwether serve --hash-password',
  ],
  run: async ({ options }, terminal) => {
    if (options['hash-password'] === true) return printHash(terminal);
    terminal.endWithin(END_MS);
    const loaded = loadConfig(terminal.cwd, options.config);
    if (!hasThreads(terminal)) return runWithThreads(terminal);
    const signal = stopSignal(terminal);
    const target = warehouseTarget(loaded, options.data, terminal.env, terminal.cwd);
    const { startServer, stderrSink } = await import('@bellwether/server');
    const server = await startServer({
      target,
      config: loaded.config,
      listen: options.listen,
      env: terminal.env,
      clock: terminal.clock,
      log: stderrSink(),
      collectCommand: collectCommand(loaded, options.data, terminal),
    });
    try {
      const place = 'path' in target ? target.path : new URL(target.url).host;
      const serving = { server, place, config: loaded.config };
      await terminal.print(options.json === true ? servingJson(server) : servingText(serving));
      await untilAborted(signal);
    } finally {
      setTimeout(endAtOnce, KILL_MS).unref();
      if ((await server.stop()) === 'cut-off') endAtOnce();
    }
    return exitCodes.ok;
  },
});

async function printHash(terminal: Terminal): Promise<0> {
  const password = await readPassword(terminal);
  const { formatPasswordHash, hashPassword } = await import('@bellwether/server');
  await terminal.print(`${formatPasswordHash(await hashPassword(password))}\n`);
  return exitCodes.ok;
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
