const UNESCAPED: Readonly<Record<string, string>> = {
  b: '\b',
  f: '\f',
  r: '\r',
  n: '\n',
  t: '\t',
  0: '\0',
  a: '\u0007',
  v: '\v',
};

/** A parameter's value out of the escaping of the HTTP interface, for a client that escapes it again; `\N` is null. */
export function fromEscaped(value: string): string | null {
  if (value === '\\N') return null;
  return value.replace(/\\(.)/gs, (_, escaped: string) => UNESCAPED[escaped] ?? escaped);
}
