/** `2026-04-13 13:14:55 UTC`; `unknown` where there is none. */
export function instantText(instant: number | null): string {
  return instant === null
    ? 'unknown'
    : `${new Date(instant).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}
