import { Config, parseConfig } from '@bellwether/core';
import { resolveAgreements, resolveTargets } from '@bellwether/metrics';
import { describe, expect, it } from 'vitest';
import { configText } from './write-config.ts';

const text = configText([], 'Europe/Berlin');

/** Comment marks taken off from the first line of a block to its end. */
function uncommented(...blocks: string[]): string {
  let isOpen = false;
  return text
    .split('\n')
    .map((line) => {
      if (blocks.some((name) => line === `# ${name}:`)) isOpen = true;
      else if (line === '') isOpen = false;
      return isOpen ? line.replace(/^# /, '') : line;
    })
    .join('\n');
}

describe('the configuration that init writes', () => {
  it('is valid as it is, and changes no default but the time zone', () => {
    const config = parseConfig(text, 'bellwether.yaml');
    expect({ ...config, timeZone: 'UTC' }).toEqual(Config.parse({}));
  });

  it('has examples that work when their comment marks are taken off', () => {
    const config = parseConfig(
      uncommented(
        ...['teams', 'businessHours', 'privacy', 'pullRequests', 'agreements', 'targets'],
        ...['serve', 'schedules'],
      ),
      'bellwether.yaml',
    );
    expect(config.teams.map(({ group, from }) => [group, from])).toEqual([
      ['Shop', undefined],
      ['Money', '2026-07-01'],
    ]);
    expect(config.businessHours).toEqual({ ...Config.parse({}).businessHours, holidays: ['2026-12-25'] });
    expect(resolveAgreements(config).map(({ metric, atMost }) => [metric.id, atMost])).toEqual([
      ['time_to_first_review', 8 * 3_600],
      ['pull_request_size', 400],
      ['work_in_progress', 10 * 86_400],
    ]);
    expect([config.serve.listen, config.serve.users.map(({ role }) => role)]).toEqual([
      Config.parse({}).serve.listen,
      ['dashboards'],
    ]);
    expect(config.schedules.map(({ source }) => source)).toEqual(['git']);
    expect(resolveTargets(config).map(({ value }) => value)).toEqual([2 * 86_400, 0.15]);
  });
});
