import type { QueryParams } from '@bellwether/warehouse';

/**
 * How the values of a request appear in compiled SQL. The plan never sees a value, only what stands for it, so that
 * another dialect (Grafana's macros and variables) can stand in without touching the plan.
 */
export interface Dialect {
  /** The window: an expression of type DateTime64(3, 'UTC'). */
  instant(
    name: 'since' | 'until' | 'previous_since' | 'previous_until' | 'known_until',
    milliseconds: number,
  ): string;
  /** A constant text: an expression of type String. */
  text(name: string, value: string): string;
  /** A list of texts: an expression of type Array(String). */
  list(name: string, values: readonly string[]): string;
  /** A whole number: an expression of type UInt32. */
  integer(name: string, value: number): string;
  /** A number: an expression of type Float64. */
  number(name: string, value: number): string;
  /** What was bound so far. */
  readonly params: QueryParams;
}

/** Every value is a bound parameter; the SQL text is the same for all values. */
export function boundDialect(): Dialect {
  const params: Record<string, unknown> = {};
  const bind = (name: string, type: string, value: unknown): string => {
    params[name] = value;
    return `{${name}:${type}}`;
  };
  return {
    params,
    instant: (name, milliseconds) => `fromUnixTimestamp64Milli(${bind(name, 'Int64', milliseconds)}, 'UTC')`,
    text: (name, value) => bind(name, 'String', value),
    integer: (name, value) => bind(name, 'UInt32', value),
    number: (name, value) => bind(name, 'Float64', value),
    list: (name, values) => bind(name, 'Array(String)', [...values]),
  };
}
