import type { Fault } from './fault.ts';

/** A body that ends too soon, though HTTP calls it whole. */
export const cutJson: Fault = {
  name: 'cutJson',
  change: (reply, { random }) =>
    reply.body.length < 2
      ? null
      : { ...reply, body: reply.body.slice(0, random.integer(1, reply.body.length - 1)) },
};

/** A page of a proxy, or a letter too many. */
export const malformedJson: Fault = {
  name: 'malformedJson',
  change: (reply, { random }) => {
    if (reply.body === '') return null;
    return { ...reply, body: random.chance(0.5) ? '<html>Unicorn!</html>' : `${reply.body}}` };
  },
};
