import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { describeDrift, type Drift, findDrift, writeFiles } from './drift.ts';
import { readEntries } from './entries.ts';
import { generateFiles } from './generated-files.ts';
import { registries, type Registry } from './registries.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'registries-'));
  writeFileSync(path.join(root, '.prettierrc.json'), '{ "printWidth": 110, "singleQuote": true }');
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

const write = (file: string, text = ''): void => {
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  writeFileSync(path.join(root, file), text);
};
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');
const addMetric = (name: string): void => {
  const folder = `packages/metrics/src/${name}`;
  write(`${folder}/metric.ts`, 'export const metric = defineMetric({});');
  for (const file of ['view.sql', 'metric.test.ts', 'readme.md']) write(`${folder}/${file}`);
};
const addSource = (name: string): void => {
  const folder = `packages/sources/src/${name}`;
  write(`${folder}/index.ts`, 'export const source = defineSource({});');
  for (const file of ['mapper.ts', 'readme.md', `${name}.contract.test.ts`]) write(`${folder}/${file}`);
  write(`${folder}/streams/commits.ts`);
};
const generate = async (): Promise<void> => {
  writeFiles(root, await generateFiles(root, registries, []));
};
const drift = async (): Promise<Drift> => findDrift(root, await generateFiles(root, registries, []));
const registryOf = (kind: string): Registry => {
  const found = registries.find((registry) => registry.kind === kind);
  if (!found) throw new Error(`No registry of ${kind}`);
  return found;
};

describe('a generated registry', () => {
  it('imports one export per folder, sorted by folder', async () => {
    for (const name of ['time-to-merge', 'change-lead-time']) addMetric(name);
    await generate();

    expect(read('packages/metrics/src/registry.ts')).toBe(
      `// Generated from the folder names by \`npm run registries\`; do not edit.
import { metric as changeLeadTime } from './change-lead-time/metric.ts';
import { metric as timeToMerge } from './time-to-merge/metric.ts';

export const metrics = [changeLeadTime, timeToMerge] as const;
`,
    );
  });

  it('is formatted as prettier would, however long it gets', async () => {
    for (let number = 0; number < 20; number++) addMetric(`some-metric-number-${number}`);
    await generate();

    expect(read('packages/metrics/src/registry.ts')).toContain(
      'export const metrics = [\n  someMetricNumber0,\n',
    );
  });

  it('leaves out folders that are no entry, such as the engine', async () => {
    addSource('git');
    write('packages/sources/src/engine/index.ts', "export type { source } from './run.ts';");
    write('packages/sources/src/testing/fixture.ts');
    await generate();

    expect(read('packages/sources/src/registry.ts')).toContain('export const sources = [git] as const;');
  });

  it('finds a name for a folder that is a keyword', async () => {
    addSource('import');
    await generate();

    expect(read('packages/sources/src/registry.ts')).toContain('import { source as importSource } from');
  });

  it.each([
    ['export const source = 1;', true],
    ['export const source: Source = 1;', true],
    ['const git = 1;\nexport { git as source };', true],
    ["export { other, source } from './source.ts';", true],
    ['const source = 1;', false],
    ['export { source as other };', false],
    ['export const sources = 1;', false],
    ['// export const source = 1;', false],
  ])('takes %j for an entry: %s', (text, isEntry) => {
    write('packages/sources/src/git/index.ts', text);

    expect(readEntries(root, registryOf('source'))).toHaveLength(isEntry ? 1 : 0);
  });

  it('is not written where its package does not exist', async () => {
    expect(await generateFiles(root, registries, [])).toEqual([]);
  });
});

describe('drift', () => {
  it('is none right after generating', async () => {
    addMetric('change-lead-time');
    addSource('git');
    await generate();

    expect(describeDrift(await drift())).toBe('');
  });

  it('names the registry that lacks a folder, and the command', async () => {
    addMetric('change-lead-time');
    await generate();
    addMetric('time-to-merge');

    expect(describeDrift(await drift())).toBe(
      'packages/metrics/src/registry.ts does not agree with the folders of packages/metrics/src\n' +
        'Run: npm run registries',
    );
  });

  it('names the registry that was edited by hand', async () => {
    addMetric('change-lead-time');
    await generate();
    write('packages/metrics/src/registry.ts', 'export const metrics = [] as const;\n');

    expect((await drift()).stale.map((file) => file.path)).toEqual(['packages/metrics/src/registry.ts']);
  });

  it('names what a folder lacks', async () => {
    addMetric('change-lead-time');
    rmSync(path.join(root, 'packages/metrics/src/change-lead-time/view.sql'));
    addSource('git');
    rmSync(path.join(root, 'packages/sources/src/git/git.contract.test.ts'));
    rmSync(path.join(root, 'packages/sources/src/git/streams'), { recursive: true });
    await generate();

    expect((await drift()).incomplete).toEqual([
      'packages/sources/src/git lacks streams/',
      'packages/sources/src/git lacks *.contract.test.ts',
      'packages/metrics/src/change-lead-time lacks view.sql',
    ]);
  });

  it('names a source that forgets to export itself, instead of leaving it out in silence', async () => {
    addSource('git');
    write('packages/sources/src/git/index.ts', 'const source = 1;');

    expect((await drift()).incomplete).toEqual([
      'packages/sources/src/git/index.ts does not export `source`',
    ]);
  });
});

describe('the configuration schema', () => {
  it('is generated from the one that commands parse with', async () => {
    const files = await generateFiles(root, []);
    const schema = files.find((file) => file.path === 'bellwether.schema.json');

    expect(JSON.parse(schema?.text ?? '{}')).toMatchObject({ title: 'bellwether.yaml', type: 'object' });
  });
});
