import { BellwetherError, exitCodes } from '@bellwether/core';
import { commonOptions, defineCommand } from '../command-line/command.ts';
import { type Check, failed, ok, warning } from '../doctor/check.ts';
import { checkData } from '../doctor/check-data.ts';
import { checkGitHub } from '../doctor/check-github.ts';
import { checkMachine } from '../doctor/check-machine.ts';
import { configFileName, type LoadedConfig, loadConfig } from '../setup/config-file.ts';
import { warehouseTarget } from '../setup/warehouse-target.ts';
import { asTyped } from '../terminal/command-name.ts';
import { plainText } from '../terminal/plain-text.ts';

const marks = { ok: 'ok     ', warning: 'warning', failed: 'FAILED ' } as const;

export const command = defineCommand({
  name: 'doctor',
  summary: 'Check this machine, the configuration, GitHub and the warehouse',
  positionals: [],
  options: {
    online: { type: 'boolean', summary: 'Ask GitHub too, although no organisation is configured' },
    json: { type: 'boolean', summary: 'Print the checks as JSON' },
    ...commonOptions,
  },
  examples: ['bellwether doctor', 'bellwether doctor --online', 'bellwether doctor --json'],
  run: async ({ options }, terminal) => {
    const { loaded, check } = tryConfig(terminal.cwd, options.config);
    const checks = [...(await checkMachine(process.version)), check];
    if (loaded !== null) {
      const target = warehouseTarget(loaded, options.data, terminal.env, terminal.cwd);
      const { config } = loaded;
      const data = await checkData(target, config, terminal.clock.now());
      const isOnline = options.online === true;
      checks.push(...(await checkGitHub({ config, isOnline, example: data.example }, terminal)));
      checks.push(...data.checks);
    }
    await terminal.print(
      options.json === true
        ? `${JSON.stringify(checks, null, 2)}\n`
        : asTyped(toText(checks), terminal.command),
    );
    return checks.some(({ status }) => status === 'failed') ? exitCodes.failed : exitCodes.ok;
  },
});

function tryConfig(cwd: string, named: string | undefined): { loaded: LoadedConfig | null; check: Check } {
  try {
    const loaded = loadConfig(cwd, named);
    return loaded.file === null
      ? {
          loaded,
          check: warning(
            'Configuration',
            `no ${configFileName} here or above; defaults hold`,
            'bellwether init',
          ),
        }
      : { loaded, check: ok('Configuration', loaded.file) };
  } catch (error) {
    if (!(error instanceof BellwetherError)) throw error;
    return { loaded: null, check: failed('Configuration', error.message, error.next) };
  }
}

function toText(checks: readonly Check[]): string {
  const lines = checks.flatMap(({ name, status, found, next }) => [
    `${marks[status]}  ${name}: ${found}`,
    ...(next === '' ? [] : [`         Next: ${next}`]),
  ]);
  return `${lines.map(plainText).join('\n')}\n`;
}
