import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { openWarehouse } from '@bellwether/warehouse';
import { describe, expect, it } from 'vitest';
import { makeBusyRepository } from '../testing/busy-repository.ts';
import { runCli } from '../testing/cli-process.ts';
import { firstDeploymentsByGit } from '../testing/first-deployments-by-git.ts';

/** `npm run soak` names clones of its own, separated by colons. */
const clones = (process.env['BELLWETHER_SOAK_CLONES'] ?? '').split(':').filter(Boolean);

describe('facts.commit_deployments', () => {
  it('agree with git on a repository with everything in it', async () => {
    await using repository = await makeBusyRepository(200);
    expect(await disagreements(repository.path)).toEqual([]);
  });

  it.each(clones)(
    'agree with git on %s',
    async (clone) => {
      expect(await disagreements(clone)).toEqual([]);
    },
    3_600_000,
  );
});

async function disagreements(clone: string): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'bellwether-lineage-'));
  const data = join(folder, 'data');
  try {
    const { code, stderr } = await runCli(['try', clone, '--data', data]);
    if (code !== 0) return [stderr];
    const expected = await firstDeploymentsByGit(clone, basename(clone));
    return await compare(data, expected);
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function compare(
  data: string,
  expected: Awaited<ReturnType<typeof firstDeploymentsByGit>>,
): Promise<string[]> {
  const warehouse = await openWarehouse({ path: data });
  try {
    const rows = await warehouse.query<{ service: string; sha: string; tag: string }>(
      `SELECT c.service AS service, c.sha AS sha, d.ref AS tag
       FROM facts.commit_deployments AS c FINAL
       LEFT JOIN domain.deployments AS d FINAL ON d.repo = c.repo AND d.deployment_id = c.deployment_id
       WHERE c.environment = 'production' AND NOT c._deleted`,
    );
    const found = new Map(rows.map(({ service, sha, tag }) => [`${service} ${sha}`, tag]));
    const wrong: string[] = [];
    let compared = 0;
    for (const [service, released] of expected) {
      for (const [sha, tag] of released) {
        const key = `${service} ${sha}`;
        const ours = found.get(key) ?? null;
        if (ours !== tag) wrong.push(`${key}: git says ${String(tag)}, we say ${String(ours)}`);
        found.delete(key);
        compared += 1;
      }
    }
    process.stderr.write(
      `lineage: ${String(compared)} commits of ${String(expected.size)} services compared with git\n`,
    );
    return [...wrong, ...[...found.keys()].map((key) => `${key}: git knows no release`)].slice(0, 20);
  } finally {
    await warehouse.close();
  }
}
