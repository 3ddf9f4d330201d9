import { join } from 'node:path';
import { systemClock } from '@bellwether/core';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../test/temporary-folder.ts';
import { EmbeddedEngine } from './embedded-engine.ts';
import { openEngine } from './open-warehouse.ts';

const folder = temporaryFolder();
const writing = { lane: 'write', format: 'TSV' } as const;

async function open(name: string, mustOwn: boolean): Promise<EmbeddedEngine> {
  const engine = await openEngine({ path: join(folder, name) }, { mustOwn }, systemClock);
  if (!(engine instanceof EmbeddedEngine)) throw new Error('not opened here');
  return engine;
}

/** A write that lasts until it is let go. */
function lastingWrite(engine: EmbeddedEngine): { ended: Promise<void>; letGo: () => void } {
  let letGo = (): void => {};
  const until = new Promise<void>((resolve) => (letGo = resolve));
  return { ended: engine.write(() => until), letGo };
}

describe('what writes while something else does', () => {
  it('need not wait in a command, which awaits what has to come in turn', async () => {
    const engine = await open('command', false);
    const lasting = lastingWrite(engine);
    await engine.run('CREATE DATABASE beside', writing);
    lasting.letGo();
    await lasting.ended;
    await engine.close();
  });

  it('waits in a server, so that a backup is of one moment', async () => {
    const engine = await open('server', true);
    const order: string[] = [];
    const lasting = lastingWrite(engine);
    const first = lasting.ended.then(() => order.push('lasting'));
    const second = engine.run('CREATE DATABASE behind', writing).then(() => order.push('behind'));
    // Readers are not held up, and by the time that so many are answered a second writer would have been.
    for (let nth = 0; nth < 50; nth++) await engine.run('SELECT 1', { lane: 'rows', format: 'TSV' });
    lasting.letGo();
    await Promise.all([first, second]);
    expect(order).toEqual(['lasting', 'behind']);
    await engine.close();
  });
});
