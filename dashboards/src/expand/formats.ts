import { ExpandError } from './expand-error.ts';

type Value = string | readonly string[];

/** How Grafana writes the value of a variable, by the name after the colon. Others are refused: none of ours uses them. */
const formats: Readonly<Record<string, (value: Value, name: string) => string>> = {
  raw: (value) => listOf(value).join(','),
  csv: (value) => listOf(value).join(','),
  singlequote: (value) => listOf(value).map(singleQuoted).join(','),
  percentencode: (value) =>
    strictlyEncoded(
      typeof value === 'string' ? value : value.length === 1 ? value[0]! : `{${value.join(',')}}`,
    ),
  queryparam: (value, name) =>
    listOf(value)
      .map((each) => `var-${name}=${strictlyEncoded(each)}`)
      .join('&'),
};

/** What the plugin does where no format is named: it quotes lists, and escapes nothing. */
function pluginDefault(value: Value): string {
  return typeof value === 'string' ? value : `'${value.join("','")}'`;
}

/**
 * A value as Grafana writes it.
 *
 * @param format the name after the colon; undefined: none is given
 * @throws ExpandError `format-unknown`, or `value-not-quotable`
 */
export function formatted(name: string, value: Value, format: string | undefined): string {
  if (format === undefined || format === '') return pluginDefault(value);
  const write = Object.hasOwn(formats, format) ? formats[format] : undefined;
  if (write === undefined) {
    throw new ExpandError('format-unknown', `The format "${format}" of $${name} is not known here.`);
  }
  return write(value, name);
}

/**
 * Grafana escapes the quote and not the backslash, with which a name could end the text early. ClickHouse would run
 * what follows; we refuse it, and variables do not offer such names.
 */
function singleQuoted(value: string): string {
  if (value.includes('\\')) {
    throw new ExpandError(
      'value-not-quotable',
      'A value with a backslash cannot be quoted as Grafana quotes it.',
    );
  }
  return `'${value.replaceAll("'", String.raw`\'`)}'`;
}

function strictlyEncoded(text: string): string {
  return encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function listOf(value: Value): readonly string[] {
  return typeof value === 'string' ? [value] : value;
}
