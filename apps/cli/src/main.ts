import { exitCodes } from '@bellwether/core';
import { run } from './run.ts';
import { processTerminal } from './terminal/process-terminal.ts';

let graceMs = 3_000;
const controller = new AbortController();
// The first Ctrl-C asks for a clean end; a second one is left to Node and ends the process at once, which loses nothing.
for (const name of ['SIGINT', 'SIGTERM'] as const) {
  process.once(name, () => {
    controller.abort();
    // A query that the engine computes cannot be interrupted. Ending the process can: what was acknowledged stays.
    setTimeout(() => process.exit(exitCodes.cancelled), graceMs).unref();
  });
}
// `bellwether query … | head` closes the pipe early; that is the reader's good right and no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  process.stderr.write(
    `Error (output-failed): The result cannot be written (${error.code ?? error.message}).\n`,
  );
  process.exit(1);
});

const terminal = processTerminal(controller.signal, (ms) => {
  graceMs = ms;
});
process.exitCode = await run(process.argv.slice(2), terminal);
