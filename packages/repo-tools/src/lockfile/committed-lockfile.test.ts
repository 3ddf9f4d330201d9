import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { repositoryRoot } from '../workspaces/root.ts';
import { formatLockfile, parseLockfile } from './lockfile.ts';
import { mendLockfile } from './mend.ts';

const text = readFileSync(path.join(repositoryRoot, 'package-lock.json'), 'utf8');

describe('the lockfile of this repository', () => {
  it('needs no mending; when it does: npm run lockfile', () => {
    const { lockfile, added, dropped, stripped, unknown } = mendLockfile(parseLockfile(text));

    expect({ added, dropped, stripped, unknown }).toEqual({
      added: [],
      dropped: [],
      stripped: [],
      unknown: [],
    });
    expect(formatLockfile(lockfile)).toBe(text);
  });

  it('names no registry', () => {
    expect(text).not.toMatch(/"resolved": "https?:/);
  });
});

describe('parseLockfile', () => {
  it.each(['{}', '[]', 'null', '{"lockfileVersion":2,"packages":{}}'])('refuses %s', (other) => {
    expect(() => parseLockfile(other)).toThrow('npm install');
  });
});
