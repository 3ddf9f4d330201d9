import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { repositoryRoot } from '../workspaces/root.ts';
import { optionsWithValue, withPath } from './arguments.js';

describe('withPath', () => {
  it.each([
    [[], ['/clone']],
    [['--json'], ['/clone', '--json']],
    [
      ['--json', '--data', 'folder'],
      ['/clone', '--json', '--data', 'folder'],
    ],
    [['--data=folder'], ['/clone', '--data=folder']],
    [['../mine'], ['../mine']],
    [
      ['--json', '../mine'],
      ['--json', '../mine'],
    ],
    [
      ['--data', 'folder', '../mine'],
      ['--data', 'folder', '../mine'],
    ],
    [
      ['--', '-odd-folder'],
      ['--', '-odd-folder'],
    ],
  ])('turns %j into %j', (given, expected) => {
    expect(withPath(given, '/clone')).toEqual(expected);
  });
});

describe('optionsWithValue', () => {
  it('are those of `bellwether try`', () => {
    const main = path.join(repositoryRoot, 'apps/cli/src/main.ts');
    const node = ['--conditions=bellwether:source', '--import', 'tsx'];
    const help = execFileSync(process.execPath, [...node, main, 'try', '--help'], { encoding: 'utf8' });
    const documented = [...help.matchAll(/(--[\w-]+) </g)].map(([, option]) => option);

    expect([...optionsWithValue].sort()).toEqual(documented.sort());
  });
});
