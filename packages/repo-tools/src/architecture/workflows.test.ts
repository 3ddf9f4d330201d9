import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { repositoryRoot } from '../workspaces/root.ts';

const folder = path.join(repositoryRoot, '.github/workflows');
const workflows = readdirSync(folder).map((name) => ({
  name,
  text: readFileSync(path.join(folder, name), 'utf8'),
}));

describe.each(workflows)('the workflow $name', ({ text }) => {
  it('pins every action of others to a commit, and says which version that is', () => {
    const uses = [...text.matchAll(/uses: (?!\.\/)(.*)/g)].map(([, action]) => action);

    // A tag can be moved to other code by whoever holds the action's repository.
    expect(uses.filter((action) => !/^[\w./-]+@[0-9a-f]{40} # v\d/.test(action ?? ''))).toEqual([]);
  });

  it('asks for no more than to read, unless a job says why', () => {
    expect(text).toMatch(/^permissions:\n {2}contents: read\n/m);
  });

  it('bounds the time of every job', () => {
    const jobs = [...text.matchAll(/^ {4}runs-on:/gm)].length;
    const limits = [...text.matchAll(/^ {4}timeout-minutes:/gm)].length;

    expect(limits).toBe(jobs);
  });
});
