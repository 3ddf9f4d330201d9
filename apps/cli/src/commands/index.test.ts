import { describe, expect, it } from 'vitest';
import { commandHelp } from '../command-line/help.ts';
import { parseCommandLine } from '../command-line/parse.ts';
import { commandSummaries, loadCommand } from './index.ts';

describe.each(commandSummaries)('bellwether $name', ({ name, summary }) => {
  it('is listed as it describes itself', async () => {
    expect(await loadCommand(name)).toMatchObject({ name, summary });
  });

  it('explains every option, and its examples parse', async () => {
    const command = await loadCommand(name);
    const help = commandHelp(command);
    for (const option of Object.keys(command.options)) expect(help).toContain(`--${option}`);
    expect(command.examples.length).toBeGreaterThan(0);
    for (const example of command.examples) {
      const [line = ''] = example.split(/ \| | > /);
      const words = [...line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
        (match) => match[1] ?? match[2] ?? match[3] ?? '',
      );
      expect(() => parseCommandLine(command, words.slice(2))).not.toThrow();
    }
  });
});
