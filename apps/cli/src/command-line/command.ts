import type { ExitCode } from '@bellwether/core';
import type { Terminal } from '../terminal/terminal.ts';

export interface OptionSpec {
  type: 'string' | 'boolean';
  /** May be given several times. */
  multiple?: boolean;
  /** What stands for the value in the help text: `--since <date>`. */
  value?: string;
  summary: string;
}

export interface CommandSpec<Options extends Record<string, OptionSpec> = Record<string, OptionSpec>> {
  name: string;
  /** One line, without a full stop. */
  summary: string;
  /** What stands after the options: `<path>`, `[path]`. */
  positionals: readonly { name: string; isRequired: boolean; summary: string }[];
  options: Options;
  /** Command lines that work when pasted. */
  examples: readonly string[];
  run(input: CommandInput<Options>, terminal: Terminal): Promise<ExitCode>;
}

export interface CommandInput<Options extends Record<string, OptionSpec>> {
  options: OptionValues<Options>;
  positionals: readonly string[];
}

type OptionValues<Options extends Record<string, OptionSpec>> = {
  [Name in keyof Options]?: Options[Name]['type'] extends 'boolean'
    ? boolean
    : Options[Name] extends { multiple: true }
      ? string[]
      : string;
};

/** Keeps the option types of one command; the list of all commands forgets them. */
export function defineCommand<const Options extends Record<string, OptionSpec>>(
  spec: CommandSpec<Options>,
): CommandSpec {
  return spec;
}

/** Every command takes these. */
export const commonOptions = {
  config: {
    type: 'string',
    value: 'file',
    summary: 'The configuration; bellwether.yaml here or above by default',
  },
  data: {
    type: 'string',
    value: 'folder',
    summary: 'Folder of the embedded warehouse, instead of the configured one',
  },
  help: { type: 'boolean', summary: 'Show this help' },
} as const satisfies Record<string, OptionSpec>;
