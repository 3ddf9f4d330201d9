import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { damagedTables } from './damaged-tables.ts';
import { migrate } from './migrate.ts';
import { openWarehouse } from './open-warehouse.ts';
import { services } from './tables/index.ts';

it('names the table of which a damaged part was set aside, instead of passing its silence for the truth', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'bellwether-damaged-'));
  const path = join(folder, 'data');
  const row = {
    service: 'api',
    repo: 'local/a',
    path_globs: [],
    release_names: [],
    owner_team: '',
    tier: '',
  };
  try {
    const first = await openWarehouse({ path });
    await migrate(first);
    await first.insert(services, [row]);
    expect(await damagedTables(first)).toEqual([]);
    const [part] = await first.query<{ path: string }>(
      "SELECT path FROM system.parts WHERE database = 'domain' AND table = 'services' AND active",
    );
    await first.close();

    const lost = (await readdir(part!.path)).filter(
      (name) => name === 'columns.txt' || name.startsWith('data.'),
    );
    for (const name of lost) await rm(join(part!.path, name));

    const second = await openWarehouse({ path });
    expect(await second.readRows(services, ['service'])).toEqual([]);
    expect(await damagedTables(second)).toEqual(['domain.services']);
    await second.close();
  } finally {
    await rm(folder, { recursive: true });
  }
});
