import { z } from 'zod';
import type { ImportKind } from './import-kind.ts';

interface FieldSchema {
  readonly description?: string;
  readonly default?: string | number | boolean;
  readonly enum?: readonly string[];
}

/** The JSON Schema of one line, for those who write such files. */
export function importJsonSchema(kind: ImportKind): Record<string, unknown> {
  return {
    title: `One line of bellwether import ${kind.name}`,
    ...z.toJSONSchema(kind.line, { io: 'input', unrepresentable: 'any' }),
  };
}

/** The fields of one kind as a Markdown table. */
export function importReference(kind: ImportKind): string {
  const schema = importJsonSchema(kind) as {
    properties: Record<string, FieldSchema>;
    required?: readonly string[];
  };
  const required = new Set(schema.required);
  const rows = Object.entries(schema.properties).map(([field, property]) => [
    `\`${field}\``,
    required.has(field) ? 'yes' : property.default === undefined ? '' : `\`${String(property.default)}\``,
    `${property.description ?? ''}${property.enum === undefined ? '' : ` One of ${property.enum.join(', ')}.`}`,
  ]);
  return table(['Field', 'Needed, or default', 'Meaning'], rows);
}

/** As prettier would lay it out, so that formatting and generating do not fight. */
function table(titles: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = titles.map((title, at) =>
    Math.max(title.length, ...rows.map((row) => row[at]?.length ?? 0)),
  );
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`;
  return [line(titles), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}
