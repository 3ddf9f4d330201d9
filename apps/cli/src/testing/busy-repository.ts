import {
  type CommitSpec,
  makeRepository,
  type TagSpec,
  type TestRepository,
} from '@bellwether/sources/testing';

const START = Date.UTC(2022, 0, 3, 9);
const HOUR = 3_600_000;

/**
 * A repository with everything that lineage has to get right, the same at every call: pull requests merged and squashed,
 * two services, pre-releases, releases that share an instant, a maintenance branch with picked fixes, reverts, a tag that
 * was put on an old commit later.
 *
 * @param changes how many changes its default branch has
 */
export async function makeBusyRepository(changes: number): Promise<TestRepository> {
  const commits: CommitSpec[] = [];
  const tags: TagSpec[] = [];
  let head = '';
  const add = (spec: CommitSpec, hour: number): string => {
    commits.push({ ...spec, at: START + hour * HOUR, author: person(hour) });
    return spec.id;
  };
  for (let index = 1; index <= changes; index += 1) {
    const hour = index * 10;
    const id = `c${String(index)}`;
    const onMain = head === '' ? {} : { parents: [head] };
    if (index % 3 === 0) {
      const first = add({ id: `${id}a`, ...onMain, branch: 'work', message: `Work ${id}` }, hour - 6);
      const second = add({ id: `${id}b`, parents: [first], branch: 'work', message: `More ${id}` }, hour - 4);
      head = add(
        { id, parents: [head, second], message: `Merge pull request #${String(index)} from acme/work-${id}` },
        hour,
      );
    } else if (index % 50 === 1 && index > 4) {
      head = add(
        {
          id,
          ...onMain,
          message: `Revert "Change c${String(index - 3)}" (#${String(index)})\n\nReverts acme/app#${String(index - 3)}`,
        },
        hour,
      );
    } else {
      head = add({ id, ...onMain, message: `Change ${id} (#${String(index)})` }, hour);
    }
    tags.push(...releases(index, head, hour));
    if (index % 40 === 0) {
      const fix = add(
        {
          id: `${id}m`,
          parents: [`c${String(index - 20)}`],
          branch: `maintenance-${id}`,
          message: `Fix\n\n(cherry picked from commit ${'0'.repeat(40)})`,
        },
        hour + 3,
      );
      tags.push({ name: `v0.${String(index)}.1`, target: fix });
    }
  }
  tags.push({ name: 'v0.0.1', target: 'c1', at: START + changes * 10 * HOUR });
  return makeRepository({ folder: 'app', commits, tags });
}

function releases(index: number, target: string, hour: number): TagSpec[] {
  const at = START + (hour + 1) * HOUR;
  return [
    ...(index % 2 === 0 ? [{ name: `v1.${String(index)}.0`, target }] : []),
    ...(index % 5 === 0 ? [{ name: `web@1.${String(index)}.0`, target, at }] : []),
    ...(index % 5 === 0 ? [{ name: `web@1.${String(index)}.1`, target, at }] : []),
    ...(index % 7 === 0 ? [{ name: `v2.${String(index)}.0-rc.1`, target }] : []),
  ];
}

function person(hour: number): { name: string; email: string } {
  const who = hour % 30 === 0 ? 'renovate[bot]' : `Dev ${String(hour % 7)}`;
  return { name: who, email: `${who.replace(/\W/g, '')}@example.org`.toLowerCase() };
}
