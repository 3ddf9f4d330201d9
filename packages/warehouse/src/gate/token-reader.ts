import { notImplemented } from './refusals.ts';
import { hasWords, nameOf, readTokens, type Token } from './sql-tokens.ts';

export interface TableName {
  database: string;
  table: string;
}

/** Reads a canonical statement word by word; for statements so simple that all their words can be known. */
export class TokenReader {
  readonly sql: string;
  readonly tokens: readonly Token[];
  at = 0;

  constructor(sql: string) {
    this.sql = sql;
    this.tokens = readTokens(sql);
  }

  get isAtEnd(): boolean {
    return this.at >= this.tokens.length;
  }

  /** Goes on where the words stand next. */
  take(words: string): boolean {
    if (!hasWords(this.tokens, this.at, words)) return false;
    this.at += words.split(' ').length;
    return true;
  }

  name(): string {
    const name = nameOf(this.tokens[this.at]);
    if (name === undefined) throw this.unsupported();
    this.at += 1;
    return name;
  }

  /** @param database of a name without one */
  table(database: string): TableName {
    const first = this.name();
    return this.take('.') ? { database: first, table: this.name() } : { database, table: first };
  }

  token(kind: Token['kind']): string {
    const token = this.tokens[this.at];
    if (token?.kind !== kind) throw this.unsupported();
    this.at += 1;
    return token.text;
  }

  /** What has not been read. */
  rest(): string {
    return this.isAtEnd ? '' : this.sql.slice(this.tokens[this.at]!.from);
  }

  end(): void {
    if (!this.isAtEnd) throw this.unsupported();
  }

  unsupported(): Error {
    const [first, second] = this.tokens;
    const words = [first, second].filter((token) => token?.kind === 'word').map((token) => token!.text);
    return notImplemented(`This form of ${words.join(' ')} is not supported here`);
  }
}
