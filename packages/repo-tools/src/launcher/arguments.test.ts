import { describe, expect, it } from 'vitest';
import { withPath } from './arguments.js';

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
