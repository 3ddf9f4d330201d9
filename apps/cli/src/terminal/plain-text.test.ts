import { expect, it } from 'vitest';
import { plainText } from './plain-text.ts';

it('keeps what strangers wrote from moving the cursor or reordering the line', () => {
  expect(plainText('feat\u001B[2J\u001B]0;title\u0007: \u202Egnp.exe\r over')).toBe(
    'feat�[2J�]0;title�: �gnp.exe� over',
  );
  expect(plainText('größe 🚀 ▁▂█\nnext')).toBe('größe 🚀 ▁▂█\nnext');
});
