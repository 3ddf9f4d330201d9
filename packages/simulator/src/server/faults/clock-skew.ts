import type { Fault } from './fault.ts';

/** `Date` and the reset times tell another time than the client's clock. */
export const clockSkew: Fault = {
  name: 'clockSkew',
  change: (reply, { settings }) => ({ ...reply, skewSeconds: settings.skewSeconds }),
};
