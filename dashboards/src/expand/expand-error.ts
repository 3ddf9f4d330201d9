import { BellwetherError } from '@bellwether/core';

/** A query that cannot be made ready to run: a macro used wrongly, or a value that Grafana could not quote. */
export function expandError(
  code: 'macro-invalid' | 'format-unknown' | 'value-not-quotable',
  message: string,
): BellwetherError {
  return new BellwetherError({
    code,
    message,
    retry: 'no',
    next:
      code === 'value-not-quotable'
        ? 'Pick another value.'
        : 'Mend the dashboard, and run: bellwether dashboards check',
  });
}
