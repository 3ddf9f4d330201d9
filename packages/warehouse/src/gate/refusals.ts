import { QueryError } from '../serving/query-error.ts';

/** Refusals in ClickHouse's numbers and words: its clients know them, and show them to whoever asked. */

export function syntaxError(message: string): QueryError {
  return new QueryError(62, 'SYNTAX_ERROR', message);
}

/** The same words whether the thing exists or not: what one may not read, one may not find either. */
export function accessDenied(grant: string): QueryError {
  return new QueryError(
    497,
    'ACCESS_DENIED',
    `Not enough privileges. To execute this query, it's necessary to have the grant ${grant}`,
  );
}

/** For what no grant of ClickHouse is about. */
export function notAllowed(sentence: string): QueryError {
  return new QueryError(497, 'ACCESS_DENIED', `Not enough privileges. ${sentence}`);
}

export function notImplemented(message: string): QueryError {
  return new QueryError(48, 'NOT_IMPLEMENTED', message);
}

export function readonlySetting(name: string): QueryError {
  return new QueryError(164, 'READONLY', `Cannot modify '${name}' setting in readonly mode`);
}

export function badSetting(name: string): QueryError {
  return new QueryError(
    36,
    'BAD_ARGUMENTS',
    `The value of the setting '${name}' is not one that is allowed here`,
  );
}

export function unknownDatabase(name: string): QueryError {
  return new QueryError(81, 'UNKNOWN_DATABASE', `Database ${name} does not exist`);
}

export function parameterNotSet(name: string): QueryError {
  return new QueryError(456, 'UNKNOWN_QUERY_PARAMETER', `Substitution \`${name}\` is not set`);
}

export function badParameter(name: string, because: string): QueryError {
  return new QueryError(457, 'BAD_QUERY_PARAMETER', `The value of the query parameter '${name}' ${because}`);
}

export function outfileRefused(): QueryError {
  return new QueryError(358, 'INTO_OUTFILE_NOT_ALLOWED', 'INTO OUTFILE is not allowed');
}
