import { execFile } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../test/temporary-folder.ts';
import { personKeySecret } from './person-key-secret.ts';

const folder = temporaryFolder();
let count = 0;
const freshPath = (): string => join(folder, `data-${String(++count)}`);

describe('the secret behind person keys', () => {
  it('comes from the environment where it is set', () => {
    const path = freshPath();
    const env = { BELLWETHER_PERSON_KEY: 'sixteen-letters!' };
    expect(personKeySecret({ path }, env)).toBe('sixteen-letters!');
    expect(personKeySecret({ url: 'http://localhost:8123' }, env)).toBe('sixteen-letters!');
    expect(existsSync(path)).toBe(false);
  });

  it('is refused when it can be guessed, and never repeated', () => {
    const env = { BELLWETHER_PERSON_KEY: 'fifteen-letters' };
    expect(() => personKeySecret({ path: freshPath() }, env)).toThrow(
      /BELLWETHER_PERSON_KEY has fewer than 16/,
    );
    expect(() => personKeySecret({ path: freshPath() }, env)).not.toThrow(/fifteen-letters/);
  });

  it('is generated once beside embedded data, for its owner only', () => {
    const path = freshPath();
    const secret = personKeySecret({ path }, {});
    expect(secret).toMatch(/^[0-9a-f]{64}$/);
    expect(personKeySecret({ path }, { BELLWETHER_PERSON_KEY: '' })).toBe(secret);
    expect(readFileSync(join(path, 'person-key'), 'utf8')).toBe(`${secret}\n`);
    expect(statSync(join(path, 'person-key')).mode & 0o777).toBe(0o600);
    expect(readdirSync(path)).toEqual(['person-key']);
    expect(personKeySecret({ path: freshPath() }, {})).not.toBe(secret);
  });

  it('is the same for processes that start at once', async () => {
    const path = freshPath();
    const script = `import { personKeySecret } from ${JSON.stringify(new URL('./person-key-secret.ts', import.meta.url).href)};
      console.log(personKeySecret(${JSON.stringify({ path })}, {}));`;
    const args = [
      '--import',
      'tsx',
      '--conditions=bellwether:source',
      '--input-type=module',
      '--eval',
      script,
    ];
    const runs = await Promise.all(
      Array.from({ length: 4 }, () =>
        promisify(execFile)(process.execPath, args, { cwd: import.meta.dirname }),
      ),
    );
    expect(new Set(runs.map(({ stdout }) => stdout)).size).toBe(1);
    expect(readdirSync(path)).toEqual(['person-key']);
  });

  it('has to come from the environment for a server', () => {
    expect(() => personKeySecret({ url: 'http://localhost:8123' }, {})).toThrow(
      expect.objectContaining({
        code: 'person-key-missing',
        exitCode: 3,
        next: expect.stringContaining('export BELLWETHER_PERSON_KEY') as string,
      }) as Error,
    );
  });

  it('is not made up anew when its file is damaged or cannot be written', () => {
    const path = freshPath();
    mkdirSync(path);
    writeFileSync(join(path, 'person-key'), 'cut off');
    expect(() => personKeySecret({ path }, {})).toThrow(
      expect.objectContaining({ code: 'person-key-damaged' }) as Error,
    );

    const file = freshPath();
    writeFileSync(file, '');
    chmodSync(file, 0o600);
    expect(() => personKeySecret({ path: file }, {})).toThrow(
      expect.objectContaining({ code: 'warehouse-not-writable' }) as Error,
    );
  });
});
