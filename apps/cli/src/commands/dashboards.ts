import { exitCodes, usageError } from '@bellwether/core';
import { commonOptions, defineCommand } from '../command-line/command.ts';
import { oneOf } from '../command-line/parse.ts';
import { loadConfig } from '../setup/config-file.ts';
import { formatAmount } from '../terminal/format.ts';
import type { Terminal } from '../terminal/terminal.ts';

interface Options {
  out?: string;
  config?: string;
  json?: boolean;
}

export const command = defineCommand({
  name: 'dashboards',
  summary: 'Build, check and compare the Grafana dashboards',
  positionals: [
    { name: 'what', isRequired: true, summary: 'build, check or diff' },
    {
      name: 'before',
      isRequired: false,
      summary: 'diff: a built dashboard or a folder of them, as it was; check: the only dashboard to check',
    },
    { name: 'after', isRequired: false, summary: 'diff: the same as it is' },
  ],
  options: {
    out: { type: 'string', value: 'folder', summary: 'build: where to; dashboards/dist by default' },
    json: { type: 'boolean', summary: 'check, diff: print the result as JSON' },
    config: commonOptions.config,
    help: commonOptions.help,
  },
  examples: [
    'bellwether dashboards build --out /etc/bellwether/grafana',
    'bellwether dashboards check',
    'bellwether dashboards check team-page --json',
    'bellwether dashboards diff before/dashboards/dora-in-detail.json dashboards/dist/dashboards/dora-in-detail.json',
  ],
  run: async ({ options, positionals: [what = '', before, after] }, terminal) => {
    const task = oneOf('<what>', what, ['build', 'check', 'diff']);
    if ((task === 'build' && before !== undefined) || (task !== 'diff' && after !== undefined)) {
      throw usageError(
        'usage',
        `bellwether dashboards ${task} takes no file.`,
        'bellwether dashboards --help',
      );
    }
    switch (task) {
      case 'build':
        return build(options, terminal);
      case 'check':
        return check(before, options, terminal);
      case 'diff':
        return diff(before, after, options, terminal);
    }
  },
});

async function build({ out, config }: Options, terminal: Terminal): Promise<0> {
  const { buildDashboards, outputFiles } = await import('@bellwether/dashboards');
  const { dashboardSettings } = await import('../dashboards/dashboard-settings.ts');
  const { outputFolder, writeOutput } = await import('../dashboards/write-output.ts');
  const settings = dashboardSettings(loadConfig(terminal.cwd, config).config);
  const built = buildDashboards(settings);
  const folder = outputFolder(out, terminal.cwd);
  await writeOutput(folder, outputFiles(built));
  await terminal.print(`Wrote ${formatAmount(built.length, 'dashboard', 'dashboards')} to ${folder}\n`);
  terminal.talk.info('Their folder, the data source and how Grafana finds them: docs/how-to/dashboards.md');
  return exitCodes.ok;
}

async function check(
  name: string | undefined,
  { config, json }: Options,
  terminal: Terminal,
): Promise<0 | 1> {
  const { buildDashboards, checkDashboards, describeFinding } = await import('@bellwether/dashboards');
  const { dashboardSettings } = await import('../dashboards/dashboard-settings.ts');
  const { withCheckedCompany } = await import('../dashboards/checked-company.ts');
  const settings = dashboardSettings(loadConfig(terminal.cwd, config).config);
  const all = buildDashboards(settings);
  const built = name === undefined ? all : all.filter(({ id }) => id === name);
  if (name !== undefined && built.length === 0) {
    const known = all.map(({ id }) => id).join(', ');
    throw usageError('usage', `There is no dashboard "${name.slice(0, 80)}".`, `Use one of: ${known}.`);
  }
  const { talk } = terminal;
  talk.info('Making a small company to ask …');
  const result = await withCheckedCompany(settings.timeZone, terminal, (company) =>
    checkDashboards(built, company, { ...settings, all }, (done, total) => {
      talk.progress({ task: 'Asking everything', done, total, unit: 'ways' });
      terminal.signal.throwIfAborted();
    }),
  );
  const { findings, dashboards, queries, numbers } = result;
  const lines = [
    ...findings.map(describeFinding),
    `${formatAmount(dashboards, 'dashboard', 'dashboards')}: ${formatAmount(queries, 'query', 'queries')} run, ` +
      `${formatAmount(numbers, 'number', 'numbers')} compared, ${formatAmount(findings.length, 'finding', 'findings')}`,
  ];
  await terminal.print(json === true ? `${JSON.stringify(result, null, 2)}\n` : `${lines.join('\n')}\n`);
  return findings.length === 0 ? exitCodes.ok : exitCodes.failed;
}

async function diff(
  before: string | undefined,
  after: string | undefined,
  { json }: Options,
  terminal: Terminal,
): Promise<0> {
  if (before === undefined || after === undefined) {
    throw usageError(
      'usage',
      'bellwether dashboards diff needs two files or two folders.',
      'bellwether dashboards diff <before> <after>',
    );
  }
  const { compareBuilt } = await import('../dashboards/compare-built.ts');
  const changes = await compareBuilt(before, after, terminal.cwd);
  const text = changes.length === 0 ? 'Nothing is different.\n' : `${changes.join('\n')}\n`;
  await terminal.print(json === true ? `${JSON.stringify(changes, null, 2)}\n` : text);
  return exitCodes.ok;
}
