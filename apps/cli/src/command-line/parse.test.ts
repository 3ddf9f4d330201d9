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
    [['x', '--sevrice', 'a'], /Unknown option '--sevrice'/],
    [['x', '--by'], /--by <value>' argument missing/],
    [['x', '--json=1'], /--json' does not take an argument/],
    [['x', 'y'], /"y" is one argument too many/],
    [[], /<path> is missing/],
  ])('refuses %j', (args, message) => {
    expect(() => parseCommandLine(spec, args)).toThrow(message);
  });

  it('gives help without what is required', () => {
    expect(parseCommandLine(spec, ['--help']).wantsHelp).toBe(true);
  });

  it('takes what follows -- as it is', () => {
    expect(parseCommandLine(spec, ['--', '--odd-name']).positionals).toEqual(['--odd-name']);
  });
});
