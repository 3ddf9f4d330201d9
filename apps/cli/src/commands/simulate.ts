import { BellwetherError, exitCodes, usageError } from '@bellwether/core';
import { commonOptions, defineCommand } from '../command-line/command.ts';
import { oneOf } from '../command-line/parse.ts';
import { type Simulation, startSimulation } from '../simulate/simulated-organisation.ts';
import { formatCount } from '../terminal/format.ts';
import type { Terminal } from '../terminal/terminal.ts';

export const command = defineCommand({
  name: 'simulate',
  summary: 'Start a simulated GitHub to try things on',
  positionals: [{ name: 'what', isRequired: true, summary: 'github' }],
  options: {
    seed: { type: 'string', value: 'n', summary: 'The same seed gives the same organisation; 1 by default' },
    repositories: { type: 'string', value: 'n', summary: 'How many; 12 by default, at most 2,000' },
    years: { type: 'string', value: 'x', summary: 'How long its history is; 1 by default, at most 15' },
    port: { type: 'string', value: 'n', summary: 'Where it listens; any free port by default' },
    faults: {
      type: 'string',
      value: 'list',
      summary: 'What goes wrong how often, such as gatewayTimeout=0.05,cutJson=0.02 or all=0.01',
    },
    limits: { type: 'string', value: 'name', summary: 'github (default): as documented; none: no limits' },
    json: { type: 'boolean', summary: 'Print address, organisation and token as JSON' },
    help: commonOptions.help,
  },
  examples: [
    'bellwether simulate github',
    'bellwether simulate github --seed 7 --repositories 50 --years 2',
    'bellwether simulate github --faults all=0.02 --port 8990',
  ],
  run: async ({ options, positionals: [what = ''] }, terminal) => {
    oneOf('<what>', what, ['github']);
    const limits = oneOf('--limits', options.limits ?? 'github', ['github', 'none']);
    const { parseFaults } = await import('@bellwether/simulator');
    const settings = {
      seed: whole('--seed', options.seed ?? '1', 0, 4_294_967_295),
      repositories: whole('--repositories', options.repositories ?? '12', 1, 2_000),
      years: years(options.years ?? '1'),
      port: whole('--port', options.port ?? '0', 0, 65_535),
      faults: parseFaults(options.faults ?? ''),
      limits: limits === 'none' ? ('none' as const) : null,
      clock: terminal.clock,
    };
    terminal.talk.info('Making the organisation …');
    await using simulation = await startSimulation(settings).catch((error: unknown) => {
      throw startError(error, settings.port);
    });
    await terminal.print(options.json === true ? toJson(simulation) : toText(simulation, terminal));
    await untilStopped(terminal.signal);
    terminal.talk.info('Stopped. Nothing of it is left.');
    return exitCodes.ok;
  },
});

function whole(flag: string, text: string, least: number, most: number): number {
  const number = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  if (number >= least && number <= most) return number;
  throw usageError(
    'usage',
    `${flag} cannot be "${text}".`,
    `Give a whole number from ${String(least)} to ${formatCount(most)}.`,
  );
}

function years(text: string): number {
  const number = /^\d{1,2}(\.\d{1,3})?$/.test(text) ? Number(text) : Number.NaN;
  if (number > 0 && number <= 15) return number;
  throw usageError('usage', `--years cannot be "${text}".`, 'Give a number such as 0.5 or 2, at most 15.');
}

function startError(error: unknown, port: number): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (code !== 'EADDRINUSE' && code !== 'EACCES') return error;
  return new BellwetherError({
    code: 'port-taken',
    message: `Port ${String(port)} of this machine cannot be used (${code}).`,
    retry: 'no',
    next: 'Give another --port, or none.',
    cause: error,
  });
}

function untilStopped(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
    // An abort signal alone keeps no process alive; the server does, until it is closed.
  });
}

function toText({ github, world, organisation, token }: Simulation, { command }: Terminal): string {
  const repositories = formatCount(world.repositories.size);
  return [
    `A simulated GitHub listens on ${github.url}, for this machine alone.`,
    `Its organisation "${organisation}" has ${repositories} repositories. Everything in it is invented: its people,`,
    'its code and its incidents are nobody’s, and figures from it say nothing about anyone.',
    '',
    'Collect from it in another terminal:',
    '',
    '  mkdir simulated && cd simulated',
    `  echo 'github: { url: "${github.url}", organisations: ["${organisation}"] }' > bellwether.yaml`,
    `  export GITHUB_TOKEN=${token}`,
    `  ${command} collect --source github`,
    `  ${command} report`,
    '',
    `REST is at ${github.restUrl}, GraphQL at ${github.graphqlUrl}. Ctrl-C ends it.`,
    '',
  ].join('\n');
}

function toJson({ github, organisation, token }: Simulation): string {
  const { url, restUrl, graphqlUrl } = github;
  return `${JSON.stringify({ simulated: true, url, restUrl, graphqlUrl, organisation, token })}\n`;
}
