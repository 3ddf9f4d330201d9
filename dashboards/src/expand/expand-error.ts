/**
 * A query that cannot be made ready to run: a macro used wrongly, or a value that Grafana could not quote. Of its own kind,
 * because the preview expands in a browser, where the rest of ours does not run.
 */
export class ExpandError extends Error {
  override readonly name = 'ExpandError';
  readonly code: 'macro-invalid' | 'format-unknown' | 'value-not-quotable';
  /** What to do about it; asking again helps with none. */
  readonly next: string;

  constructor(code: ExpandError['code'], message: string) {
    super(message);
    this.code = code;
    this.next =
      code === 'value-not-quotable'
        ? 'Pick another value.'
        : 'Mend the dashboard, and run: bellwether dashboards check';
  }
}
