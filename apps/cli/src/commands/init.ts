import { existsSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { configJsonSchema, exitCodes, usageError } from '@bellwether/core';
import { describeClone } from '@bellwether/sources';
import { commonOptions, defineCommand } from '../command-line/command.ts';
import { findClones } from '../init/find-clones.ts';
import { configText, type FoundClone } from '../init/write-config.ts';
import { configFileName } from '../setup/config-file.ts';
import { describeError } from '../terminal/describe-error.ts';
import type { Terminal } from '../terminal/terminal.ts';

export const command = defineCommand({
  name: 'init',
  summary: 'Write a commented bellwether.yaml from what is found here',
  positionals: [],
  options: {
    print: { type: 'boolean', summary: 'Print it instead of writing it' },
    force: { type: 'boolean', summary: 'Replace an existing file' },
    help: commonOptions.help,
  },
  examples: ['bellwether init', 'bellwether init --print'],
  run: async ({ options }, terminal) => {
    const file = join(terminal.cwd, configFileName);
    if (options.print !== true && options.force !== true && existsSync(file)) {
      throw usageError(
        'config-exists',
        `${file} is there already.`,
        'bellwether init --force (it replaces the file)',
      );
    }
    const text = configText(await describeClones(terminal), Intl.DateTimeFormat().resolvedOptions().timeZone);
    if (options.print === true) {
      await terminal.print(text);
      return exitCodes.ok;
    }
    writeFileSync(file, text);
    writeFileSync(
      join(terminal.cwd, 'bellwether.schema.json'),
      `${JSON.stringify(configJsonSchema(), null, 2)}\n`,
    );
    await terminal.print(
      `Wrote ${configFileName} and bellwether.schema.json.\nNext: ${terminal.command} collect --source git && ${terminal.command} report\n`,
    );
    return exitCodes.ok;
  },
});

async function describeClones(terminal: Terminal): Promise<FoundClone[]> {
  const found: FoundClone[] = [];
  for (const path of findClones(terminal.cwd)) {
    try {
      const { repo, services, tagCount, unrecognised, odd } = await describeClone(path, {
        signal: terminal.signal,
      });
      const otherTags = unrecognised.length + odd.length;
      found.push({
        path: relative(terminal.cwd, path) || '.',
        repo,
        services: services.map(({ service }) => service),
        releaseTags: tagCount - otherTags,
        otherTags,
      });
    } catch (error) {
      terminal.talk.warn(`${path} is left out: ${describeError(error, terminal)}`);
    }
  }
  return found;
}
