import type { Gap } from '../api.ts';
import type { HttpResult } from './http.ts';
import { type Refusal, refusalOf } from './refusal.ts';
import { isThrottling } from './throttling.ts';

/** What a GraphQL request came to. */
export type GraphqlOutcome =
  | {
      readonly kind: 'ok';
      readonly data: Record<string, unknown>;
      readonly gaps: readonly Gap[];
      readonly points: number;
    }
  /** Asked, and given nothing but gaps. */
  | { readonly kind: 'withheld'; readonly gaps: readonly Gap[] }
  | { readonly kind: 'refused'; readonly type: string; readonly path: string }
  | Refusal;

interface GraphqlError {
  readonly type: string;
  readonly message: string;
  readonly path: readonly (string | number)[];
  readonly isSaml: boolean;
}

/** Errors that say that something is missing and leave the rest of the answer good. */
const gapKinds: Readonly<Record<string, Gap['kind']>> = {
  NOT_FOUND: 'not-found',
  FORBIDDEN: 'forbidden',
  INSUFFICIENT_SCOPES: 'insufficient-scopes',
};

const heavyTypes = ['RESOURCE_LIMITS_EXCEEDED', 'MAX_NODE_LIMIT_EXCEEDED', 'TIMEOUT'];
const flakyTypes = ['INTERNAL', 'INTERNAL_ERROR', 'SERVICE_UNAVAILABLE', 'LOADING'];

/** Reads a GraphQL answer. Pure. */
export function readGraphqlAnswer(result: HttpResult): GraphqlOutcome {
  if (result.kind !== 'answer' || result.status !== 200) return refusalOf(result);
  const body = parsedObject(result.text);
  if (body === null) return { kind: 'flaky', why: 'the answer was no JSON' };
  const errors = errorsIn(body['errors']);
  // GitHub writes these with status 200 too, with and without a list of errors.
  const told = [typeof body['message'] === 'string' ? body['message'] : '', ...errors.map((e) => e.message)];
  if (told.some(isThrottling)) return { kind: 'throttled' };
  if (errors.some(({ type }) => type === 'RATE_LIMIT' || type === 'RATE_LIMITED')) {
    return { kind: 'exhausted' };
  }
  if (errors.some(isHeavy)) {
    return { kind: 'heavy', why: 'the query was too heavy' };
  }
  if (errors.some(isFlaky)) return { kind: 'flaky', why: 'GitHub reported an error of its own' };
  if (errors.some(({ isSaml }) => isSaml)) return { kind: 'saml', link: null };
  const unknown = errors.find(({ type }) => gapKinds[type] === undefined);
  if (unknown) return { kind: 'refused', type: unknown.type, path: unknown.path.join('.') };
  const gaps = gapsOf(errors);
  const data = objectOrNull(body['data']);
  if (data !== null) return { kind: 'ok', data, gaps, points: takePoints(data) };
  return gaps.length > 0
    ? { kind: 'withheld', gaps }
    : { kind: 'flaky', why: 'the answer held neither data nor errors' };
}

/** Takes out what every query asks for besides its own fields; see the generated texts. */
function takePoints(data: Record<string, unknown>): number {
  const cost = objectOrNull(data['rateLimit'])?.['cost'];
  delete data['rateLimit'];
  return typeof cost === 'number' ? cost : 1;
}

function isHeavy({ type, message }: GraphqlError): boolean {
  return heavyTypes.includes(type) || /^we couldn.t respond to your request in time/i.test(message);
}

/** `Something went wrong` says that it may have been a time-out or a mistake; mostly the next try succeeds. */
function isFlaky({ type, message }: GraphqlError): boolean {
  return flakyTypes.includes(type) || /^something went wrong/i.test(message);
}

function gapsOf(errors: readonly GraphqlError[]): Gap[] {
  const gaps = new Map<string, Gap>();
  for (const { type, path } of errors) {
    const kind = gapKinds[type] ?? 'other';
    gaps.set(JSON.stringify([kind, path]), { kind, path });
  }
  return [...gaps.values()];
}

function errorsIn(value: unknown): GraphqlError[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((each: unknown) => {
    const error = objectOrNull(each);
    if (error === null) return [];
    const extensions = objectOrNull(error['extensions']);
    const type = [error['type'], extensions?.['code']].find((text) => typeof text === 'string') ?? '';
    const path: unknown[] = Array.isArray(error['path']) ? error['path'] : [];
    return [
      {
        // It goes into messages: a word of GitHub's and nothing else.
        type: /^[\w-]{1,60}$/.test(type) ? type : '',
        message: typeof error['message'] === 'string' ? error['message'] : '',
        path: path.filter((part) => typeof part === 'string' || typeof part === 'number'),
        isSaml: extensions?.['saml_failure'] === true,
      },
    ];
  });
}

export function parsedObject(text: string): Record<string, unknown> | null {
  try {
    return objectOrNull(JSON.parse(text));
  } catch {
    return null;
  }
}

function objectOrNull(value: unknown): Record<string, unknown> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : null;
}
