import { parseDocument, LineCounter } from 'yaml';
import { z } from 'zod';
import { usageError } from '../errors.ts';
import { Config } from './schema.ts';

/**
 * Parses the text of a `bellwether.yaml`.
 *
 * @param text     hostile until parsed: no tags, no aliases beyond a hundred, no unknown keys
 * @param fileName shown in errors
 * @throws BellwetherError `config-invalid`, with line and column of each finding
 */
export function parseConfig(text: string, fileName: string): Config {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, {
    lineCounter,
    prettyErrors: false,
    schema: 'core',
    uniqueKeys: true,
  });
  const place = (offset: number): string => {
    const { line, col } = lineCounter.linePos(offset);
    return `${fileName}:${line}:${col}`;
  };
  const syntaxErrors = document.errors.map((error) => `${place(error.pos[0])} ${error.message}`);
  if (syntaxErrors.length > 0) throw invalid(syntaxErrors);

  const result = Config.safeParse(toPlain(document, fileName) ?? {});
  if (result.success) return result.data;
  throw invalid(
    result.error.issues.map((issue) => {
      const node: unknown = document.getIn(issue.path as (string | number)[], true);
      const offset =
        rangeStart(node) ??
        rangeStart(document.getIn(issue.path.slice(0, -1) as (string | number)[], true)) ??
        0;
      const path = issue.path.join('.');
      return `${place(offset)} ${path === '' ? '' : `${path}: `}${issue.message}`;
    }),
  );
}

/** The JSON Schema of `bellwether.yaml`, so that editors complete and check it. */
export function configJsonSchema(): Record<string, unknown> {
  return {
    $id: 'https://bellwether.invalid/bellwether.schema.json',
    title: 'bellwether.yaml',
    ...z.toJSONSchema(Config, { io: 'input', unrepresentable: 'any' }),
  };
}

function toPlain(document: ReturnType<typeof parseDocument>, fileName: string): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    throw invalid([`${fileName} ${error instanceof Error ? error.message : String(error)}`]);
  }
}

function invalid(findings: string[]): Error {
  return usageError(
    'config-invalid',
    `The configuration cannot be used:\n${findings.map((finding) => `  ${finding}`).join('\n')}`,
    'Mend the lines named above; `bellwether init --print` shows a commented example.',
  );
}

function rangeStart(node: unknown): number | undefined {
  if (typeof node !== 'object' || node === null || !('range' in node)) return undefined;
  const range = node.range;
  return Array.isArray(range) && typeof range[0] === 'number' ? range[0] : undefined;
}
