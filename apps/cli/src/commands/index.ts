import type { CommandSpec } from '../command-line/command.ts';

/** Loaded one at a time: `--help` must not wait for an engine. */
const loaders = {
  try: async () => (await import('./try.ts')).command,
  init: async () => (await import('./init.ts')).command,
  collect: async () => (await import('./collect.ts')).command,
  report: async () => (await import('./report.ts')).command,
  query: async () => (await import('./query.ts')).command,
  serve: async () => (await import('./serve.ts')).command,
  dashboards: async () => (await import('./dashboards.ts')).command,
  explain: async () => (await import('./explain.ts')).command,
  deployments: async () => (await import('./deployments.ts')).command,
  import: async () => (await import('./import.ts')).command,
  override: async () => (await import('./override.ts')).command,
  replay: async () => (await import('./replay.ts')).command,
  forget: async () => (await import('./forget.ts')).command,
  migrate: async () => (await import('./migrate.ts')).command,
  backup: async () => (await import('./backup.ts')).command,
  restore: async () => (await import('./restore.ts')).command,
  doctor: async () => (await import('./doctor.ts')).command,
  simulate: async () => (await import('./simulate.ts')).command,
} as const satisfies Record<string, () => Promise<CommandSpec>>;

type CommandName = keyof typeof loaders;

/** What `bellwether --help` lists, in the order in which a newcomer needs them. A test compares it with the commands. */
export const commandSummaries: readonly { name: CommandName; summary: string }[] = [
  { name: 'try', summary: 'A first look: the DORA report of a clone on this disk' },
  { name: 'init', summary: 'Write a commented bellwether.yaml from what is found here' },
  { name: 'collect', summary: 'Read what is new from the sources into the warehouse' },
  { name: 'report', summary: 'Print the metrics of a company, a group, a team, a service or a repository' },
  { name: 'query', summary: 'Run read-only SQL on the warehouse' },
  { name: 'serve', summary: 'Serve the warehouse to Grafana and every other client of ClickHouse' },
  { name: 'dashboards', summary: 'Build, check and compare the Grafana dashboards' },
  { name: 'explain', summary: 'Say in words how a metric or one of its figures came about' },
  { name: 'deployments', summary: 'Show what the patterns for deployments match, before anything is stored' },
  { name: 'import', summary: 'Store deployments, incidents or builds from a file' },
  {
    name: 'override',
    summary: 'Rule on a failure or on the cause of an incident, above what was computed',
  },
  { name: 'replay', summary: 'Map stored answers again, without the network' },
  { name: 'forget', summary: 'Remove everything that says who a person is' },
  { name: 'migrate', summary: 'Bring the tables and views of the warehouse up to date' },
  {
    name: 'backup',
    summary: 'Copy the warehouse into a folder or an S3-compatible store, also while it is served',
  },
  {
    name: 'restore',
    summary: 'Put a backup in the place of an empty or missing warehouse, after checking all of it',
  },
  { name: 'doctor', summary: 'Check this machine, the configuration, GitHub and the warehouse' },
  { name: 'simulate', summary: 'Start a simulated GitHub to try things on' },
];

export function isCommandName(name: string): name is CommandName {
  return Object.hasOwn(loaders, name);
}

export function loadCommand(name: CommandName): Promise<CommandSpec> {
  return loaders[name]();
}
