import type { CommandSpec } from './command.ts';

/** The help text of one command. */
export function commandHelp(spec: CommandSpec): string {
  const positionals = spec.positionals.map(({ name, isRequired }) =>
    isRequired ? `<${name}>` : `[${name}]`,
  );
  const options = Object.entries(spec.options).map(
    ([name, { value, summary, multiple }]): [string, string] => [
      `--${name}${value === undefined ? '' : ` <${value}>`}`,
      multiple === true ? `${summary} (several times if you like)` : summary,
    ],
  );
  return [
    `${spec.summary}.`,
    '',
    `Usage: ${['bellwether', spec.name, ...positionals, '[options]'].join(' ')}`,
    ...section(
      '',
      spec.positionals.map(({ name, summary }): [string, string] => [name, summary]),
    ),
    ...section('Options:', options),
    '',
    'Examples:',
    ...spec.examples.map((example) => `  ${example}`),
    '',
  ].join('\n');
}

/** The help text of the program. */
export function programHelp(commands: readonly { name: string; summary: string }[]): string {
  return [
    'Bellwether: engineering metrics that can be trusted.',
    '',
    'Usage: bellwether <command> [options]',
    ...section(
      'Commands:',
      commands.map(({ name, summary }): [string, string] => [name, summary]),
    ),
    '',
    'bellwether <command> --help says more. Exit codes: 0 ok, 1 failed, 2 usage, 3 auth, 4 partial, 5 cancelled.',
    '',
  ].join('\n');
}

function section(title: string, rows: readonly [string, string][]): string[] {
  if (rows.length === 0) return [];
  const width = Math.max(...rows.map(([name]) => name.length));
  return [
    '',
    ...(title === '' ? [] : [title]),
    ...rows.map(([name, text]) => `  ${name.padEnd(width)}  ${text}`),
  ];
}
