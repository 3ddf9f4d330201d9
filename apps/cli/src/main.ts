import { run } from './run.ts';
import { processTerminal } from './terminal/process-terminal.ts';

const controller = new AbortController();
// The first Ctrl-C asks for a clean end; a second one is left to Node and ends the process at once, which loses nothing.
for (const name of ['SIGINT', 'SIGTERM'] as const) {
  process.once(name, () => {
    controller.abort();
  });
}
// `bellwether query … | head` closes the pipe early; that is the reader's good right and no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? 0 : 1);
});

process.exitCode = await run(process.argv.slice(2), processTerminal(controller.signal));
