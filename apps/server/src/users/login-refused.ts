import { QueryError } from '@bellwether/warehouse';

/** A login that failed. The client hears the same whether or not there is such a user; the log may know. */
export class LoginRefused extends QueryError {
  /** The configured user whose name was given. Null for any other name: people type passwords there. */
  readonly triedUser: string | null;

  constructor(message: string, triedUser: string | null) {
    super(516, 'AUTHENTICATION_FAILED', message);
    this.triedUser = triedUser;
  }
}
