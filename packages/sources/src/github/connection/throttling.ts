/** Whether GitHub says that requests come too fast: its secondary limits, which no header tells apart. */
export function isThrottling(text: string): boolean {
  return /secondary rate limit|abuse detection|submitted too quickly/i.test(text.slice(0, 2000));
}
