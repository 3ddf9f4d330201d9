import { budgetOf } from '../tokens/token.ts';
import { type Reply } from '../http/reply.ts';
import type { Fault } from './fault.ts';

/** GitHub gives up after ten seconds. */
const PATIENCE_SECONDS = 10;

/** GitHub takes extra points in the next hour for every time-out, and does not say how many. */
const EXTRA_POINTS = 10;

/** 502 and 504, for any request by chance and for too heavy queries always. */
export const gatewayTimeout: Fault = {
  name: 'gatewayTimeout',
  mustStrike: ({ seconds }) => seconds > PATIENCE_SECONDS,
  answer({ kind, token, budgets, random }): Reply {
    budgets.owe(budgetOf(token), kind === 'graphql' ? 'graphql' : 'core', EXTRA_POINTS);
    if (kind === 'rest' || random.chance(0.5)) {
      return {
        status: 504,
        headers: { 'content-type': 'text/html' },
        body: '<html><head><title>504 Gateway Time-out</title></head></html>',
      };
    }
    const message =
      'Something went wrong while executing your query. This may be the result of a timeout, or it could be a GitHub bug.';
    return {
      status: 502,
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify({ data: null, errors: [{ message }] }),
    };
  },
};
