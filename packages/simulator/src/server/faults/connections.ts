import type { Fault } from './fault.ts';

export const slow: Fault = {
  name: 'slow',
  change: (reply, { settings }) => ({
    ...reply,
    delayMs: (reply.delayMs ?? 0) + settings.slowSeconds * 1000,
  }),
};

/** The socket goes away before anything was sent, or in the middle of the body. */
export const dropped: Fault = {
  name: 'dropped',
  change: (reply, { random }) => ({
    ...reply,
    dropAfterBytes: random.chance(0.5) ? 0 : random.integer(1, Math.max(1, reply.body.length - 1)),
  }),
};
