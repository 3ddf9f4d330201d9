import { readSettings } from './clauses.ts';
import { harmlessSettings } from './harmless-settings.ts';
import { accessDenied, notAllowed, notImplemented, readonlySetting } from './refusals.ts';
import { canInsert, canReadDatabase, isStagingTable } from './rights.ts';
import { hasWords, nameOf, quoteName } from './sql-tokens.ts';
import type { TableName, TokenReader } from './token-reader.ts';

/** Words of statements that change something. */
export const COMMANDS: readonly string[] = [
  'ALTER TABLE',
  'CREATE DATABASE',
  'CREATE OR REPLACE TABLE',
  'CREATE OR REPLACE VIEW',
  'CREATE TABLE',
  'CREATE VIEW',
  'DELETE FROM',
  'DROP DATABASE',
  'DROP TABLE',
  'DROP VIEW',
  'OPTIMIZE TABLE',
  'TRUNCATE TABLE',
];

export const ENGINES: ReadonlySet<string> = new Set(['Atomic', 'Memory', 'MergeTree', 'ReplacingMergeTree']);

/** Of the storage of a table. Where its files lie is not among them. */
const STORAGE_SETTINGS = new Set([
  'fsync_after_insert',
  'fsync_part_directory',
  'index_granularity',
  'non_replicated_deduplication_window',
]);

/** Words that lead out of the tables: to files, disks, other servers and other accounts. */
const ESCAPES = new Set(
  `CLONE CLUSTER COPY DEFINER DETACHED DICTIONARY DISK FETCH FREEZE FUNCTION INFILE MATERIALIZED NAMED OUTFILE
   POPULATE REFRESH SECURITY SHADOW SHARD SOURCE TEMPORARY UNFREEZE VOLUME`.split(/\s+/),
);

/**
 * The part of a changing statement that its syntax tree does not show: where it goes, engines, settings, and words that
 * lead elsewhere. For operators only; what Bellwether itself sends, and little more: what migrations made is not to be
 * dropped by one wrong word, so tables come and go only where rows are staged.
 *
 * @returns the statement with the full name of its table
 * @throws QueryError
 */
export function planCommand(reader: TokenReader, database: string): string {
  const words = COMMANDS.find((each) => reader.take(each));
  if (words === undefined) throw reader.unsupported();
  const condition = ['IF NOT EXISTS', 'IF EXISTS'].find((each) => reader.take(each));
  const head = condition === undefined ? words : `${words} ${condition}`;
  if (/(?:DATABASE|VIEW)$/.test(words)) throw onlyByMigration(words);
  const target = reader.table(database);
  assertOwn(target);
  if (/^(?:CREATE|DROP|TRUNCATE)/.test(words) && !isStagingTable(target.database, target.table)) {
    throw onlyByMigration(words);
  }
  const rest = reader.rest();
  if (/^(?:DROP|TRUNCATE)/.test(words)) {
    reader.take('SYNC');
    reader.end();
  } else if (words === 'OPTIMIZE TABLE') planOptimize(reader);
  else {
    if (words === 'ALTER TABLE') checkAlteration(reader, target);
    checkWords(reader);
  }
  return `${head} ${quoteName(target.database)}.${quoteName(target.table)} ${rest}`.trimEnd();
}

function onlyByMigration(words: string): Error {
  return notAllowed(
    `${words} is not for a warehouse that is being served: stop the server, and let bellwether migrate make and change tables and views`,
  );
}

/** Rows may be deleted for good, staged rows attached, and stored payloads forgotten; one of these at a time. */
function checkAlteration({ tokens, at }: TokenReader, { database, table }: TableName): void {
  // The engine's formatter puts each operation into brackets.
  const begin = tokens[at]?.text === '(' ? at + 1 : at;
  const from = begin + 'ATTACH PARTITION ALL FROM'.split(' ').length;
  const isAllowed =
    hasWords(tokens, begin, 'DELETE WHERE') ||
    (hasWords(tokens, begin, 'MODIFY TTL') && database === 'raw' && table === 'records') ||
    (hasWords(tokens, begin, 'ATTACH PARTITION ALL FROM') &&
      tokens[from + 1]?.text === '.' &&
      isStagingTable(nameOf(tokens[from]) ?? '', nameOf(tokens[from + 2]) ?? ''));
  const settings = tokens.findIndex(({ text, depth }) => text === 'SETTINGS' && depth === 0);
  const operations = settings === -1 ? tokens : tokens.slice(0, settings);
  const isOne = !operations.some(({ text, depth }) => text === ',' && depth === 0);
  if (!isAllowed || !isOne) throw onlyByMigration('This form of ALTER TABLE');
}

function planOptimize(reader: TokenReader): void {
  if (reader.take('PARTITION ID')) reader.token('string');
  reader.take('FINAL');
  reader.end();
}

function assertOwn({ database, table }: TableName): void {
  if (!canInsert('operator', database, table)) {
    throw accessDenied(`ALTER, CREATE, DROP ON ${database}.${table}`);
  }
}

function checkWords(reader: TokenReader): void {
  const { tokens } = reader;
  const isAlter = tokens[0]?.text === 'ALTER';
  for (let at = reader.at; at < tokens.length; at++) {
    const { kind, text, depth } = tokens[at]!;
    if (kind !== 'word') continue;
    const [next, afterNext] = [tokens[at + 1], tokens[at + 2]];
    const isIdentity = text === 'UUID' && next?.kind === 'string';
    if (ESCAPES.has(text) || isIdentity) throw notImplemented(`${text} is not supported here`);
    if (text === 'ENGINE' && next?.text === '=' && !ENGINES.has(afterNext?.text ?? '')) {
      throw accessDenied(`TABLE ENGINE ON ${afterNext?.text ?? ''}`);
    }
    // Only those of the whole statement: a column may be called so, and what a query sets its syntax tree shows.
    if (text === 'SETTINGS' && depth === 0) checkSettings(reader, at + 1);
    // `ATTACH PARTITION ALL FROM db.table`: the tree leaves the other table out.
    const isOther = isAlter && text === 'FROM' && next?.text !== '(';
    if (isOther && !(afterNext?.text === '.' && canReadDatabase('operator', nameOf(next) ?? ''))) {
      throw accessDenied(`SELECT ON ${nameOf(next) ?? ''}`);
    }
  }
}

function checkSettings(reader: TokenReader, from: number): void {
  const list = readSettings(reader.tokens, from);
  if (!list) throw reader.unsupported();
  const others = Object.entries(list.settings).filter(([name]) => !STORAGE_SETTINGS.has(name));
  harmlessSettings(Object.fromEntries(others));
  const odd = Object.entries(list.settings).find(
    ([name, value]) => STORAGE_SETTINGS.has(name) && !/^\d+$/.test(value),
  );
  if (odd) throw readonlySetting(odd[0]);
}
