export interface OrderedByTime {
  /** Milliseconds since 1970, UTC; finite. */
  readonly finishedAt: number;
  /** The tag, branch or sha that was deployed. */
  readonly ref: string;
}

/**
 * The order of deployments, for `sort`: by time, then by ref. Tags of one release often share an instant, and the
 * same data must give the same figures wherever they are computed; the ref decides because every source has one.
 */
export function byTimeThenRef(a: OrderedByTime, b: OrderedByTime): number {
  if (a.finishedAt !== b.finishedAt) return a.finishedAt < b.finishedAt ? -1 : 1;
  return compareBytewise(a.ref, b.ref);
}

/**
 * Compares as the UTF-8 bytes would, which is how git and ClickHouse order strings. JavaScript's own `<` differs:
 * it compares UTF-16 units, and puts an emoji before U+E000 to U+FFFF.
 */
export function compareBytewise(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at++) {
    const left = a.charCodeAt(at);
    const right = b.charCodeAt(at);
    if (left !== right) return surrogatesLast(left) - surrogatesLast(right);
  }
  return a.length - b.length;
}

function surrogatesLast(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}
