import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runInProcess } from '../testing/test-terminal.ts';

let cwd: string;
beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'bellwether-dashboards-command-'));
});
afterAll(() => rm(cwd, { recursive: true, force: true }));

const dashboards = (...args: string[]): ReturnType<typeof runInProcess> =>
  runInProcess(['dashboards', ...args], { cwd });

const file = (folder: string, name: string): string => join(cwd, folder, 'dashboards', `${name}.json`);

describe('bellwether dashboards', () => {
  it('builds what Grafana reads, and takes away what an earlier build left', async () => {
    expect(await dashboards('build', '--out', 'before')).toMatchObject({ code: 0 });
    await writeFile(file('before', 'of-last-year'), '{}');
    expect(await dashboards('build', '--out', 'before')).toMatchObject({ code: 0 });
    expect((await readdir(join(cwd, 'before', 'dashboards'))).sort()).toContain('dora-in-detail.json');
    expect(await readdir(join(cwd, 'before', 'dashboards'))).not.toContain('of-last-year.json');
    expect(await readdir(join(cwd, 'before', 'provisioning'))).toEqual(['dashboards', 'datasources']);
  });

  it('says in words what a change of the configuration does', async () => {
    await writeFile(join(cwd, 'bellwether.yaml'), 'targets: [{ metric: change_lead_time, value: 2d }]\n');
    expect(await dashboards('build', '--out', 'after')).toMatchObject({ code: 0 });
    const { code, stdout } = await dashboards('diff', 'before', 'after');
    expect(code).toBe(0);
    expect(stdout).toContain('engineering-at-a-glance: panel "Change lead time": target: none → 172800');
    const one = await dashboards('diff', file('before', 'ci-health'), file('after', 'ci-health'));
    expect(one.stdout).toBe('Nothing is different.\n');
  });

  it('writes valid JSON in both models', async () => {
    for (const folder of ['dashboards', 'manifests']) {
      for (const name of await readdir(join(cwd, 'before', folder))) {
        const text = await readFile(join(cwd, 'before', folder, name), 'utf8');
        expect(JSON.parse(text)).toBeTypeOf('object');
      }
    }
  });

  it.each([
    [['paint'], 'Choose one of: build, check, diff'],
    [['build', 'x'], 'takes no file'],
    [['check', 'velocity'], 'Use one of: bellwether-itself'],
    [['diff', 'before'], 'two files or two folders'],
    [['diff', 'before', 'nowhere'], 'cannot be read as built dashboards'],
    [['diff', 'bellwether.yaml', 'bellwether.yaml'], 'cannot be read as built dashboards'],
  ])('refuses %j', async (args, message) => {
    const { code, talk } = await dashboards(...args);
    expect(code).toBe(2);
    expect(talk.join('\n')).toContain(message);
  });
});
