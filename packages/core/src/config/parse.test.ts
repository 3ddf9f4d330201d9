import { describe, expect, it } from 'vitest';
import { BellwetherError } from '../errors.ts';
import { configJsonSchema, parseConfig } from './parse.ts';

function failure(text: string): BellwetherError {
  try {
    parseConfig(text, 'bellwether.yaml');
  } catch (error) {
    if (error instanceof BellwetherError) return error;
    throw error;
  }
  throw new Error('was accepted');
}

describe('parseConfig', () => {
  it('takes an empty file as all defaults', () => {
    const config = parseConfig('# nothing yet\n', 'bellwether.yaml');
    expect(config.warehouse).toEqual({ path: '.bellwether/data' });
    expect(config.timeZone).toBe('UTC');
    expect(config.git.paths).toBe('auto');
    expect(config.failures.hotfixBranches).toContain('hotfix/**');
  });

  it('names line and column of every finding at once', () => {
    const { message, exitCode, code } = failure('timeZone: Mars/Olympus\nbots: yes please\nfoo: 1\n');
    expect(code).toBe('config-invalid');
    expect(exitCode).toBe(2);
    expect(message).toContain('bellwether.yaml:1:11 timeZone: is not a time zone');
    expect(message).toContain('bellwether.yaml:2:7 bots:');
    expect(message).toContain('Unrecognized key: "foo"');
  });

  it('refuses an offset as a time zone: it would not know summer time', () => {
    expect(failure('timeZone: "+02:00"\n').message).toContain('timeZone: is not a time zone');
  });

  it.each([
    ['services: [{ name: (withheld), repo: a/b }]', 'services.0.name'],
    ['services: [{ name: shop, repo: a/b, owner: " (withheld) " }]', 'services.0.owner'],
    ['teams: [{ name: (several) }]', 'teams.0.name'],
    ['teams: [{ name: pay, group: (unattributed) }]', 'teams.0.group'],
    [
      'agreements: [{ name: Soon, metric: cycle_time, atMost: 1d, teams: [(withheld)] }]',
      'agreements.0.teams.0',
    ],
    ['targets: [{ metric: cycle_time, value: 1d, teams: [(withheld)] }]', 'targets.0.teams.0'],
  ])('refuses a name that stands for what is not shown: %s', (text, path) => {
    expect(failure(text).message).toContain(`${path}: is in brackets`);
  });

  it('takes a name with brackets in it', () => {
    expect(parseConfig('teams: [{ name: Pay (EU) }]', 'bellwether.yaml').teams[0]?.name).toBe('Pay (EU)');
  });

  it('refuses two agreements of one name', () => {
    const one = '{ name: Soon, metric: cycle_time, atMost: 1d }';
    expect(failure(`agreements: [${one}, ${one}]`).message).toContain('"Soon" stands here twice');
  });

  it('says where YAML itself is broken', () => {
    expect(failure('services:\n  - name: "api\n').message).toMatch(/bellwether\.yaml:\d+:\d+ /);
  });

  it('refuses the same key twice', () => {
    expect(failure('timeZone: UTC\ntimeZone: Europe/Berlin\n').message).toContain('bellwether.yaml:2:1');
  });

  it('refuses a document that grows without end', () => {
    const bomb = [
      'a: &a [x,x,x,x,x,x,x,x,x]',
      ...'bcdefg'.split('').map((name, index) => {
        const before = 'abcdefg'[index] ?? 'a';
        return `${name}: &${name} [${Array<string>(9).fill(`*${before}`).join(',')}]`;
      }),
    ].join('\n');
    expect(failure(bomb).code).toBe('config-invalid');
  });

  it('says what a warehouse may be', () => {
    expect(failure('warehouse: { path: x, url: http://localhost }\n').message).toContain(
      'needs either `path: <folder>`',
    );
    expect(failure('warehouse: { url: "ftp://x" }\n').message).toContain(
      '1:19 warehouse.url: is not an http',
    );
  });

  it('does not run tags of the document', () => {
    expect(failure('timeZone: !!js/function "function(){}"\n').code).toBe('config-invalid');
  });
});

describe('configJsonSchema', () => {
  it('describes every key that the parser knows', () => {
    const schema = configJsonSchema() as {
      properties: Record<string, unknown>;
      additionalProperties: boolean;
    };
    expect(Object.keys(schema.properties).sort()).toEqual(
      Object.keys(parseConfig('', 'bellwether.yaml')).sort(),
    );
    expect(schema.additionalProperties).toBe(false);
  });
});
