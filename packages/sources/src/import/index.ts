export { type ImportFormat } from './read-records.ts';
export { type ImportKind, type ImportKindName } from './import-kind.ts';
export { importFile, type ImportOptions, type ImportResult } from './import-file.ts';
export { importKinds } from './import-kinds.ts';
export { importJsonSchema, importReference } from './reference.ts';
export { describeProblem } from './line-problems.ts';
