import { exitCodes, usageError } from '@bellwether/core';
import { runGatedQuery } from '@bellwether/warehouse';
import { commonOptions, defineCommand } from '../command-line/command.ts';
import { loadConfig } from '../setup/config-file.ts';
import { assertExists } from '../setup/session.ts';
import { warehouseTarget } from '../setup/warehouse-target.ts';

export const command = defineCommand({
  name: 'query',
  summary: 'Run read-only SQL on the warehouse',
  positionals: [{ name: 'sql', isRequired: true, summary: 'One SELECT, SHOW, DESCRIBE or EXISTS statement' }],
  options: {
    format: {
      type: 'string',
      value: 'name',
      summary: 'Any output format of ClickHouse; PrettyCompact by default',
    },
    param: { type: 'string', value: 'name=value', multiple: true, summary: 'A value for {name:Type}' },
    ...commonOptions,
  },
  examples: [
    `bellwether query "SELECT service, count() FROM metrics.deployment_frequency GROUP BY service"`,
    `bellwether query "SELECT * FROM facts.changes FINAL WHERE number = {n:UInt32}" --param n=42 --format Vertical`,
    `bellwether query "SELECT * FROM metrics.change_lead_time" --format CSVWithNames > lead-time.csv`,
  ],
  run: async ({ options, positionals: [sql = ''] }, terminal) => {
    const loaded = loadConfig(terminal.cwd, options.config);
    const target = warehouseTarget(loaded, options.data, terminal.env, terminal.cwd);
    const params = parseParams(options.param ?? []);
    assertExists(target);
    for await (const chunk of runGatedQuery(target, sql, options.format ?? 'PrettyCompact', params)) {
      await terminal.print(chunk);
    }
    return exitCodes.ok;
  },
});

/** `n=42` → `{ n: '42' }`. The engine checks the value against the type in `{n:Type}`. */
function parseParams(params: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    params.map((param): [string, string] => {
      const at = param.indexOf('=');
      if (at > 0 && /^\w+$/.test(param.slice(0, at))) return [param.slice(0, at), param.slice(at + 1)];
      throw usageError(
        'usage',
        `--param "${param}" is not of the form name=value.`,
        'bellwether query --help',
      );
    }),
  );
}
