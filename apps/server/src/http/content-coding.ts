import type { Transform } from 'node:stream';
import {
  constants,
  createBrotliCompress,
  createBrotliDecompress,
  createDeflate,
  createGunzip,
  createGzip,
  createInflate,
} from 'node:zlib';
import { QueryError } from '@bellwether/warehouse';

/** What a body can be packed with. zstd came to Node with 22.15, and must not depend on which Node somebody has. */
export type Coding = 'gzip' | 'deflate' | 'br';

/** Of equally welcome ones the first: brotli at this speed packs no better than gzip, and costs more. */
const CODINGS: readonly Coding[] = ['gzip', 'br', 'deflate'];

/** What the client likes best of what there is; null: as it is. */
export function chooseCoding(acceptEncoding: string | undefined): Coding | null {
  const weights = new Map<string, number>();
  for (const item of (acceptEncoding ?? '').split(',')) {
    const [name = '', ...parameters] = item.split(';').map((part) => part.trim().toLowerCase());
    const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
    if (name !== '') weights.set(name, weight === undefined ? 1 : Number(weight) || 0);
  }
  const weightOf = (coding: Coding): number => weights.get(coding) ?? weights.get('*') ?? 0;
  const [best] = CODINGS.filter((coding) => weightOf(coding) > 0).sort((a, b) => weightOf(b) - weightOf(a));
  return best ?? null;
}

/** Of a request's body. @throws QueryError NOT_IMPLEMENTED */
export function readCoding(contentEncoding: string | undefined): Coding | null {
  const name = (contentEncoding ?? '').trim().toLowerCase();
  if (name === '' || name === 'identity') return null;
  const coding = CODINGS.find((each) => each === name || `x-${each}` === name);
  if (coding) return coding;
  throw new QueryError(
    48,
    'NOT_IMPLEMENTED',
    'The Content-Encoding of the request is not supported. Use gzip, deflate or br',
  );
}

/** @param level 1 to 9, of gzip and deflate */
export function createPacker(coding: Coding, level: number): Transform {
  switch (coding) {
    case 'gzip':
      return createGzip({ level });
    case 'deflate':
      return createDeflate({ level });
    case 'br':
      // Its default, 11, is made for files that are packed once and read for years.
      return createBrotliCompress({ params: { [constants.BROTLI_PARAM_QUALITY]: 4 } });
  }
}

export function createUnpacker(coding: Coding): Transform {
  switch (coding) {
    case 'gzip':
      return createGunzip();
    case 'deflate':
      return createInflate();
    case 'br':
      return createBrotliDecompress();
  }
}
