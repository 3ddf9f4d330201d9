import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { repositoryRoot } from '../workspaces/root.ts';
import { bullets, table } from './markdown.ts';
import { orphanedPages, referenceFiles } from './reference-files.ts';

const files = await referenceFiles();
const pageOf = (file: string): string => {
  const found = files.find((each) => each.path === `docs/reference/${file}`);
  if (found === undefined) throw new Error(`no ${file}`);
  return found.text;
};

describe('a reference page', () => {
  it('says what the definition says', () => {
    const page = pageOf('metrics/change_lead_time.md');
    for (const heading of [
      '# Change lead time',
      '## How it is computed',
      '## Coverage',
      '## Why a value can be missing',
      '## What a value can rest on',
      '## What it leaves out',
      '## Bands of DORA',
      '## How it can mislead',
      '## What it needs',
    ]) {
      expect(page).toContain(`\n${heading}\n`);
    }
    expect(page).toMatch(/\| Unit \| seconds \|\n\| Direction \| lower is better \|/);
    expect(page).toContain('`organisation`');
    expect(page).toContain('| `baseline` |');
  });

  it('is listed, and links to what is there', () => {
    const index = pageOf('metrics/README.md');
    for (const { path: file, text } of files) {
      if (file.startsWith('docs/reference/metrics/') && !file.endsWith('README.md')) {
        expect(index).toContain(`(${path.basename(file)})`);
      }
      const links = [...text.matchAll(/\]\(([^)#]+)\)/g)].map(([, link = '']) => link);
      for (const link of links.filter((each) => !each.startsWith('http'))) {
        const target = path.join(path.dirname(file), link);
        const isThere =
          files.some((each) => each.path === target) || existsSync(path.join(repositoryRoot, target));
        expect(isThere, `${file} → ${link}`).toBe(true);
      }
    }
  });

  it('has every rule of every other system', () => {
    const page = pageOf('compatibility.md');
    expect(page).toContain('`--definition devlake`');
    expect(page).toContain('`--definition four-keys`');
    expect(page).toContain('the lower one: the greatest value with a percent rank');
  });
});

it('names pages of metrics that are gone', () => {
  const root = mkdtempSync(path.join(tmpdir(), 'reference-'));
  mkdirSync(path.join(root, 'docs/reference/metrics'), { recursive: true });
  for (const name of ['kept.md', 'gone.md']) {
    writeFileSync(path.join(root, 'docs/reference/metrics', name), '');
  }
  expect(orphanedPages(root, [{ path: 'docs/reference/metrics/kept.md' }])).toEqual([
    'docs/reference/metrics/gone.md belongs to no metric: delete it',
  ]);
  rmSync(root, { recursive: true });
});

it('keeps words that Markdown would read as its own', () => {
  expect(table(['a'], [['x | y <script>\nz']])).toEqual(['| a |', '| --- |', '| x \\| y &lt;script> z |']);
  expect(bullets(['two\nlines'])).toEqual(['- two lines']);
  expect(table(['a'], [])).toEqual([]);
});
