import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readEntries } from '../registries/entries.ts';
import { registries } from '../registries/registries.ts';
import { repositoryRoot } from '../workspaces/root.ts';
import { formsOf, objectionToName } from './names.ts';
import { scaffold, ScaffoldError } from './scaffold.ts';
import { renderTemplate } from './template.ts';

const realTemplates = path.join(import.meta.dirname, '../../templates');
let root: string;

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'scaffold-'));
  copyFileSync(path.join(repositoryRoot, '.prettierrc.json'), path.join(root, '.prettierrc.json'));
  for (const { folder } of registries) mkdirSync(path.join(root, folder), { recursive: true });
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

describe('npm run new', () => {
  it.each(registries.map(({ kind }) => kind))('makes a complete %s', async (kind) => {
    await scaffold({ root, templates: realTemplates, kind, name: 'review-turnaround' });
    const registry = registries.find((each) => each.kind === kind);

    expect(registry && readEntries(root, registry)).toEqual([{ name: 'review-turnaround', findings: [] }]);
  });

  it('fills the name into files and their names', async () => {
    const written = await scaffold({ root, templates: realTemplates, kind: 'source', name: 'build-kite' });

    expect(written).toContain('packages/sources/src/build-kite/build-kite.contract.test.ts');
    const text = readFileSync(path.join(root, 'packages/sources/src/build-kite/index.ts'), 'utf8');
    expect(text).toContain("name: 'build-kite'");
    expect(text).toContain('openBuildKite');
    expect(written.map((file) => readFileSync(path.join(root, file), 'utf8')).join('')).not.toContain('{{');
  });

  it.each([
    ['metric', 'ReviewTurnaround', 'kebab-case'],
    ['metric', 'review_turnaround', 'kebab-case'],
    ['metric', '../../outside', 'kebab-case'],
    ['metric', '..', 'kebab-case'],
    ['metric', '/tmp/outside', 'kebab-case'],
    ['metric', 'a--b', 'kebab-case'],
    ['metric', '-a', 'kebab-case'],
    ['metric', '1-a', 'kebab-case'],
    ['metric', '', 'kebab-case'],
    ['metric', 'a'.repeat(61), 'longer than 60'],
    ['dragon', 'smaug', 'only: source, metric'],
    ['../metric', 'review-turnaround', 'only: source, metric'],
  ])('refuses %s %j and writes nothing', async (kind, name, reason) => {
    const making = scaffold({ root, templates: realTemplates, kind, name });

    await expect(making).rejects.toThrow(ScaffoldError);
    await expect(making).rejects.toThrow(reason);
    expect(readdirSync(path.join(root, 'packages/metrics/src'))).toEqual([]);
    expect(readdirSync(root).sort()).toEqual(['.prettierrc.json', 'dashboards', 'packages']);
  });

  it('never writes over what exists', async () => {
    const existing = path.join(root, 'packages/metrics/src/review-turnaround');
    mkdirSync(existing);

    await expect(
      scaffold({ root, templates: realTemplates, kind: 'metric', name: 'review-turnaround' }),
    ).rejects.toThrow('exists already');
    expect(readdirSync(existing)).toEqual([]);
  });

  it('writes nothing when a template has a token that is none', async () => {
    const templates = path.join(root, 'templates');
    mkdirSync(path.join(templates, 'metric'), { recursive: true });
    writeFileSync(path.join(templates, 'metric', 'a.md.template'), 'fine');
    writeFileSync(path.join(templates, 'metric', 'b.md.template'), '{{nmae}}');

    await expect(scaffold({ root, templates, kind: 'metric', name: 'a' })).rejects.toThrow('{{nmae}}');
    expect(existsSync(path.join(root, 'packages/metrics/src/a'))).toBe(false);
  });
});

describe('formsOf', () => {
  it('gives every form that a template can ask for', () => {
    expect(formsOf('change-lead-time', 'metric')).toEqual({
      name: 'change-lead-time',
      identifier: 'changeLeadTime',
      typeName: 'ChangeLeadTime',
      sqlName: 'change_lead_time',
      title: 'Change lead time',
    });
    expect(formsOf('import', 'source').identifier).toBe('importSource');
  });

  it('has no objection to ordinary names', () => {
    expect(['git', 'change-lead-time', 's3', 'p99-latency'].map(objectionToName)).toEqual([
      null,
      null,
      null,
      null,
    ]);
  });
});

describe('renderTemplate', () => {
  it('leaves files without the ending alone', () => {
    writeFileSync(path.join(root, 'notes.md'), '{{unheard-of}}');

    expect(renderTemplate(root, formsOf('a', 'metric'))).toEqual([]);
  });
});
