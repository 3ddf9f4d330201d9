import { closeSync, mkdtempSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../test/temporary-folder.ts';
import { LastingPipe } from './lasting-pipe.ts';
import { makePipes } from './make-pipes.ts';
import { ResultPipe } from './result-pipe.ts';

const folder = temporaryFolder();
let pipe: LastingPipe;

beforeEach(async () => {
  const [path = ''] = await makePipes(mkdtempSync(join(folder, 'pipe-')), 1);
  pipe = new LastingPipe(path);
});
afterEach(() => pipe.close());

/** As the engine: by its name, and closed behind the last row. */
function write(text: string): void {
  const file = openSync(pipe.path, 'w');
  writeSync(file, text);
  closeSync(file);
}

async function textOf(result: ResultPipe): Promise<string> {
  let text = '';
  for (let piece = await result.next(); piece; piece = await result.next()) text += piece.toString();
  return text;
}

describe('a pipe that stays open', () => {
  it('gives each result what was written for it', async () => {
    for (const text of ['first', '', 'x'.repeat(50_000), 'last']) {
      const result = new ResultPipe(pipe);
      write(text);
      result.endWriting();
      expect(await textOf(result)).toBe(text);
      expect(result.isRead).toBe(true);
    }
  });

  it('gives no result what came behind the end of another', async () => {
    new ResultPipe(pipe).endWriting();
    write('too late');
    const next = new ResultPipe(pipe);
    write('mine');
    next.endWriting();
    expect(await textOf(next)).toBe('mine');
  });

  it('nor what was left in it when it was closed', async () => {
    const failed = new ResultPipe(pipe);
    write('half a result');
    failed.drain();
    failed.endWriting();
    write('and the rest');
    await pipe.close();
    const next = new ResultPipe(pipe);
    write('mine');
    next.endWriting();
    expect(await textOf(next)).toBe('mine');
    await expect(failed.next()).rejects.toThrow('before its end');
  });
});
