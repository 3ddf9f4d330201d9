import { exitCodes } from '@bellwether/core';
import { describe, expect, it } from 'vitest';
import { defineCommand } from './command.ts';
import { parseCommandLine } from './parse.ts';

const spec = defineCommand({
  name: 'sample',
  summary: 'For tests',
  positionals: [{ name: 'path', isRequired: true, summary: 'a path' }],
  options: {
    by: { type: 'string', summary: 'grain' },
    service: { type: 'string', multiple: true, summary: 'service' },
    json: { type: 'boolean', summary: 'json' },
    help: { type: 'boolean', summary: 'help' },
  },
  examples: [],
  run: () => Promise.resolve(exitCodes.ok),
});

describe('parseCommandLine', () => {
  it('keeps every one of a repeated option', () => {
    expect(parseCommandLine(spec, ['--service', 'a', 'x', '--service=b', '--json'])).toMatchObject({
      options: { service: ['a', 'b'], json: true },
      positionals: ['x'],
      wantsHelp: false,
    });
  });

  it.each([
    [['x', '--sevrice', 'a'], 'there is no option --sevrice'],
    [['x', '--sevrice=a'], 'there is no option --sevrice'],
    [['x', '-s'], 'there is no option -s'],
    [['x', '--by'], '--by needs a value'],
    [['x', '--by', '-1'], 'what follows --by begins with a dash; if it is its value, write --by=<value>'],
    [['x', '--json=1'], '--json takes no value'],
    [['x', 'y'], '"y" is one argument too many'],
    [[], '<path> is missing'],
  ])('refuses %j in one sentence', (args, message) => {
    expect(() => parseCommandLine(spec, args)).toThrow(
      expect.objectContaining({ code: 'usage', message: `bellwether sample: ${message}.` }),
    );
  });

  it('gives help without what is required', () => {
    expect(parseCommandLine(spec, ['--help']).wantsHelp).toBe(true);
  });

  it('takes what follows -- as it is', () => {
    expect(parseCommandLine(spec, ['--', '--odd-name']).positionals).toEqual(['--odd-name']);
  });
});
