import { resolve } from 'node:path';
import { exitCodes, usageError } from '@bellwether/core';
import { type CollectResult, type GitTarget, sources } from '@bellwether/sources';
import { commonOptions, defineCommand } from '../command-line/command.ts';
import { oneOf } from '../command-line/parse.ts';
import { collectAndDerive, exitCodeOf } from '../setup/collect-and-derive.ts';
import { type LoadedConfig } from '../setup/config-file.ts';
import { withSession } from '../setup/session.ts';
import { describeError } from '../terminal/describe-error.ts';
import { formatCount } from '../terminal/format.ts';
import { plainText } from '../terminal/plain-text.ts';
import { formatTable } from '../terminal/table.ts';

export const command = defineCommand({
  name: 'collect',
  summary: 'Read what is new from the sources into the warehouse',
  positionals: [],
  options: {
    source: {
      type: 'string',
      value: 'name',
      summary: `Which source: ${sources.map(({ name }) => name).join(', ')}`,
    },
    path: {
      type: 'string',
      value: 'folder',
      multiple: true,
      summary: 'A clone, instead of the configured ones',
    },
    json: { type: 'boolean', summary: 'Print the result as JSON' },
    ...commonOptions,
  },
  examples: [
    'bellwether collect --source git',
    'bellwether collect --source git --path ../shop --path ../payments',
  ],
  run: async ({ options }, terminal) => {
    const name = oneOf(
      '--source',
      options.source ?? 'git',
      sources.map((source) => source.name),
    );
    const source = sources.find((each) => each.name === name) ?? sources[0];
    return withSession(terminal, { ...options, mustExist: false }, async (session) => {
      const named = options.path?.map((path) => ({ path: resolve(terminal.cwd, path) }));
      const result = await collectAndDerive(session, source, named ?? configuredTargets(session), terminal);
      await terminal.print(options.json === true ? toJson(result) : toText(result));
      for (const { error, target } of result.targets) {
        if (error !== null) terminal.talk.info(`${target}: ${describeError(error, terminal)}`);
      }
      return result.targets.length === 0 ? exitCodes.ok : exitCodeOf(result);
    });
  },
});

function configuredTargets({ config, folder, file }: LoadedConfig): GitTarget[] {
  if (config.repositories.length === 0) {
    throw usageError(
      'no-repositories',
      file === null ? 'There is no bellwether.yaml here.' : `${file} names no repositories.`,
      file === null
        ? 'bellwether init (or name a clone: bellwether collect --path <folder>)'
        : `Add them to ${file}`,
    );
  }
  return config.repositories.map(({ path, repo }) => ({
    path: resolve(folder, path),
    ...(repo === undefined ? {} : { repo }),
  }));
}

function toText({ targets }: CollectResult): string {
  const lines = formatTable(
    [
      { title: 'repository', align: 'left' },
      { title: 'status', align: 'left' },
      { title: 'rows written', align: 'right' },
    ],
    targets.map(({ target, repo, status, rowCount }) => [
      plainText(repo ?? target),
      status,
      formatCount(rowCount),
    ]),
  );
  return `${lines.join('\n')}\n`;
}

function toJson({ status, targets }: CollectResult): string {
  const plain = targets.map(({ error, ...target }) => ({
    ...target,
    streams: target.streams.map(({ name, status: streamStatus, rowCount }) => ({
      name,
      status: streamStatus,
      rowCount,
    })),
    error:
      error === null
        ? null
        : { code: error.code, message: error.message, retry: error.retry, next: error.next },
  }));
  return `${JSON.stringify({ status, targets: plain }, null, 2)}\n`;
}
