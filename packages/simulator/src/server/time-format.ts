/** RFC 3339 with whole seconds, as GitHub writes every instant: `2026-01-31T12:00:00Z`. */
export function formatTime(instant: number): string {
  return `${new Date(Math.floor(instant / 1000) * 1000).toISOString().slice(0, 19)}Z`;
}

/** Null stays null. */
export function formatOptionalTime(instant: number | null): string | null {
  return instant === null ? null : formatTime(instant);
}
