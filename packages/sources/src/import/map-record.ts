import type { z } from 'zod';
import { inOwnWords } from './in-own-words.ts';
import type { FieldProblem, ImportKind, MapContext, MappedLine } from './import-kind.ts';
import type { FileRecord } from './read-records.ts';

/** What is wrong with one line; `field` is empty where the whole line is meant. */
export interface LineProblem extends FieldProblem {
  readonly line: number;
}

export type MappedRecord =
  | { readonly mapped: Exclude<MappedLine, { problems: unknown }> }
  | { readonly problems: readonly LineProblem[] };

/** A record of the file as rows, or everything that is wrong with it. Pure. */
export function mapRecord(kind: ImportKind, record: FileRecord, context: MapContext): MappedRecord {
  const { line } = record;
  if ('problem' in record) return { problems: [{ line, field: '', problem: record.problem }] };
  const parsed = kind.line.safeParse(record.fields, { error: inOwnWords });
  if (!parsed.success) return { problems: parsed.error.issues.flatMap((issue) => problemsOf(issue, line)) };
  const mapped = kind.map(parsed.data, context);
  if (!('problems' in mapped)) return { mapped };
  return { problems: mapped.problems.map((problem) => ({ line, ...problem })) };
}

/** In words that tell what to do; never with the value, which may say anything. */
function problemsOf(issue: z.core.$ZodIssue, line: number): LineProblem[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      line,
      field: key.slice(0, 60),
      problem: 'is no field of these lines',
    }));
  }
  const field = issue.path.map(String).join('.');
  return [{ line, field, problem: issue.message }];
}
