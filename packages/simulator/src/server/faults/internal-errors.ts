import { jsonReply, messageReply } from '../http/reply.ts';
import { formatTime } from '../time-format.ts';
import type { Fault } from './fault.ts';

/** GraphQL says it with 200 and no data, REST with 500. */
export const internalError: Fault = {
  name: 'internalError',
  answer({ kind, request, clock }) {
    if (kind === 'rest') return messageReply(500, 'Server Error');
    const message = `Something went wrong while executing your query on ${formatTime(clock.now())}. Please include \`${request.id}\` when reporting this issue.`;
    return jsonReply(200, { data: null, errors: [{ message }] });
  },
};
