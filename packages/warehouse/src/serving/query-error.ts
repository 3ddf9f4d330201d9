/** A statement that was refused or failed, in ClickHouse's terms: what a client of ClickHouse expects to be told. */
export class QueryError extends Error {
  override readonly name = 'QueryError';
  /** ClickHouse's number: 62, 497. */
  readonly code: number;
  /** Its name: `SYNTAX_ERROR`, `ACCESS_DENIED`. */
  readonly codeName: string;

  /** @param message one sentence without number and name; never a row of data, a secret or a person */
  constructor(code: number, codeName: string, message: string) {
    super(message);
    this.code = code;
    this.codeName = codeName;
  }
}
