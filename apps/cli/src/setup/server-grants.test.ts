import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runInProcess } from '../testing/test-terminal.ts';

let cwd: string;
const asked: string[] = [];
/** In the place of a ClickHouse server: none runs here, so this shows what one would be asked. */
const server = createServer((request, response) => {
  void text(request).then((body) => {
    asked.push(body || (new URL(request.url ?? '', 'http://server').searchParams.get('query') ?? ''));
    response.end('1\n');
  });
});

beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'bellwether-grants-'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const config = {
    warehouse: { url: `http://127.0.0.1:${String(port)}`, cluster: 'main' },
    serve: { limits: { dashboards: { seconds: 7 } } },
  };
  await writeFile(join(cwd, 'bellwether.yaml'), JSON.stringify(config));
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await rm(cwd, { recursive: true });
});

describe('bellwether migrate --grants', () => {
  it('prints a script with the configured limits, and asks the server nothing', async () => {
    const { code, stdout } = await runInProcess(['migrate', '--grants'], { cwd });
    expect(code).toBe(0);
    expect(stdout).toContain("CREATE ROLE IF NOT EXISTS bellwether_dashboards ON CLUSTER 'main';");
    expect(stdout).toContain('max_execution_time = 7 MAX 7');
    expect(stdout).toContain('ALTER TABLE metrics.change_lead_time');
    expect(stdout.split('\n').filter((line) => line !== '' && !/;$|^--/.test(line))).toEqual([]);
    expect(asked).toEqual([]);
  });

  it('runs the same statements with --apply', async () => {
    const { stdout: script } = await runInProcess(['migrate', '--grants'], { cwd });
    const { code } = await runInProcess(['migrate', '--grants', '--apply'], { cwd });
    expect(code).toBe(0);
    const statements = script.split('\n').filter((line) => line.endsWith(';') && !line.startsWith('--'));
    expect(asked.filter((sql) => sql !== 'SELECT 1')).toEqual(statements.map((line) => line.slice(0, -1)));
  });

  it('says that an embedded warehouse has no users', async () => {
    const outcome = await runInProcess(['migrate', '--grants', '--data', join(cwd, 'data')], { cwd });
    expect(outcome.code).toBe(2);
    expect(outcome.talk.join('\n')).toContain('grants-embedded');
    expect((await runInProcess(['migrate', '--apply'], { cwd })).code).toBe(2);
  });
});
