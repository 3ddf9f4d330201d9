import { readFileSync } from 'node:fs';
import { BellwetherError, type ExitCode, exitCodes, usageError } from '@bellwether/core';
import { commandSummaries, isCommandName, loadCommand } from './commands/index.ts';
import { commandHelp, programHelp } from './command-line/help.ts';
import { parseCommandLine } from './command-line/parse.ts';
import { describeError } from './terminal/describe-error.ts';
import type { Terminal } from './terminal/terminal.ts';

/** The version of this package; `../package.json` is right from src/ and from dist/. */
function version(): string {
  const manifest = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  return (JSON.parse(manifest) as { version: string }).version;
}

/** Runs one command line and returns its exit code. Never throws: whatever goes wrong is told on stderr. */
export async function run(argv: readonly string[], terminal: Terminal): Promise<ExitCode> {
  try {
    const [name = '--help', ...args] = argv;
    if (name === '--help' || name === '-h' || name === 'help') {
      await terminal.print(programHelp(commandSummaries));
      return exitCodes.ok;
    }
    if (name === '--version') {
      await terminal.print(`${version()}\n`);
      return exitCodes.ok;
    }
    if (!isCommandName(name)) {
      throw usageError('unknown-command', `There is no command "${name}".`, 'bellwether --help');
    }
    const command = await loadCommand(name);
    const { wantsHelp, ...input } = parseCommandLine(command, args);
    if (wantsHelp) {
      await terminal.print(commandHelp(command));
      return exitCodes.ok;
    }
    return await command.run(input, terminal);
  } catch (error) {
    terminal.talk.info(describeError(error, terminal));
    return error instanceof BellwetherError ? error.exitCode : exitCodes.failed;
  }
}
