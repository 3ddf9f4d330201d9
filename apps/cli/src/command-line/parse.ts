import { parseArgs } from 'node:util';
import { usageError } from '@bellwether/core';
import type { CommandInput, CommandSpec, OptionSpec } from './command.ts';

/**
 * Parses the arguments of one command, strictly: an unknown flag, a missing value or one argument too many is an error,
 * because a script with a typo must not report on something else.
 *
 * @throws BellwetherError `usage`
 */
export function parseCommandLine(
  spec: CommandSpec,
  args: readonly string[],
): CommandInput<Record<string, OptionSpec>> & { wantsHelp: boolean } {
  const parsed = parse(spec, args);
  const wantsHelp = parsed.values['help'] === true;
  const required = spec.positionals.filter(({ isRequired }) => isRequired);
  const missing = required[parsed.positionals.length];
  if (missing !== undefined && !wantsHelp) throw wrongUse(spec, `<${missing.name}> is missing`);
  const extra = parsed.positionals[spec.positionals.length];
  if (extra !== undefined) throw wrongUse(spec, `"${extra}" is one argument too many`);
  return {
    options: parsed.values as CommandInput<Record<string, OptionSpec>>['options'],
    positionals: parsed.positionals,
    wantsHelp,
  };
}

function parse(spec: CommandSpec, args: readonly string[]): ReturnType<typeof parseArgs> {
  const options = Object.fromEntries(
    Object.entries(spec.options).map(([name, { type, multiple }]) => [
      name,
      { type, multiple: multiple ?? false },
    ]),
  );
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw wrongUse(spec, describeProblem(error));
  }
}

/** Node's messages change with its versions, run over several lines and end as they like; what they name does not. */
function describeProblem(error: unknown): string {
  const { code, message } = error as { code?: unknown; message: string };
  const [, option = 'an option'] = /'(-[^\s']*)/.exec(message) ?? [];
  if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') return `there is no option ${option}`;
  if (code !== 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE') throw error;
  if (message.includes('ambiguous')) {
    return `what follows ${option} begins with a dash; if it is its value, write ${option}=<value>`;
  }
  return message.includes('does not take') ? `${option} takes no value` : `${option} needs a value`;
}

function wrongUse(spec: CommandSpec, message: string): Error {
  return usageError('usage', `bellwether ${spec.name}: ${message}.`, `bellwether ${spec.name} --help`);
}

/** One of a few words, or a usage error that lists them. */
export function oneOf<const Word extends string>(
  flag: string,
  value: string,
  allowed: readonly Word[],
): Word {
  const word = allowed.find((each) => each === value);
  if (word === undefined) {
    throw usageError('usage', `${flag} cannot be "${value}".`, `Choose one of: ${allowed.join(', ')}`);
  }
  return word;
}
