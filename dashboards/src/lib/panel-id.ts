/**
 * The number of a panel, from the keys that its author declared: the same in every build, whatever is moved, added or
 * renamed around it. FNV-1a, folded to six digits; `check` refuses two of one number.
 */
export function panelId(...keys: readonly string[]): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(keys.join('/'))) {
    hash ^= byte;
    hash = Math.imul(hash, 0x01000193) >>> 0;
  }
  return (hash % 999_983) + 1;
}
