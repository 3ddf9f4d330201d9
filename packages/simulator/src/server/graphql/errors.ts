import { GraphQLError, type GraphQLFormattedError } from 'graphql';

/** The types that GitHub puts beside `message`. NOT_SIMULATED is the simulator's own. */
export type ErrorType =
  | 'ARGUMENT_LIMIT'
  | 'EXCESSIVE_PAGINATION'
  | 'FORBIDDEN'
  | 'INSUFFICIENT_SCOPES'
  | 'INVALID_CURSOR_ARGUMENTS'
  | 'MAX_NODE_LIMIT_EXCEEDED'
  | 'MISSING_PAGINATION_BOUNDARIES'
  | 'NOT_FOUND'
  | 'NOT_SIMULATED'
  | 'RATE_LIMIT'
  | 'RATE_LIMITED'
  | 'RESOURCE_LIMITS_EXCEEDED';

/** An error as it stands in GitHub's `errors`. */
export interface GitHubError {
  readonly type?: ErrorType;
  readonly path?: readonly (string | number)[];
  readonly extensions?: Readonly<Record<string, unknown>>;
  readonly locations?: readonly { readonly line: number; readonly column: number }[];
  readonly message: string;
}

/** Thrown by resolvers: the field becomes null, and the error says why. */
export function fieldError(
  type: ErrorType,
  message: string,
  extensions: Readonly<Record<string, unknown>> = {},
): GraphQLError {
  return new GraphQLError(message, { extensions: { ...extensions, type } });
}

/** A gap of the simulator must shout: a silent null would look like an answer of GitHub's. */
export function notSimulated(what: string): GraphQLError {
  return fieldError('NOT_SIMULATED', `not simulated: ${what}`);
}

/** GitHub writes the type beside the message, and not among the extensions as graphql-js would. */
export function formatError(error: GraphQLError): GitHubError {
  const formatted: GraphQLFormattedError = error.toJSON();
  const { type, ...extensions } = { ...error.extensions };
  return {
    ...(typeof type === 'string' && { type: type as ErrorType }),
    ...(formatted.path !== undefined && { path: formatted.path }),
    ...(Object.keys(extensions).length > 0 && { extensions }),
    ...(formatted.locations !== undefined && { locations: formatted.locations }),
    message: formatted.message,
  };
}
