import type { IncomingMessage } from 'node:http';
import { LEASE_HEADER } from '@bellwether/warehouse';
import type { Enter, Screen } from '../http/collaborators.ts';
import type { Leases } from './leases.ts';

const leaseOf = ({ headers }: IncomingMessage): string | null => {
  const id = headers[LEASE_HEADER];
  return typeof id === 'string' ? id : null;
};

/** Turns away what a command sends that has lost its lease: somebody else writes by now. */
export function leaseScreen(leases: Leases): Screen {
  return (request) => {
    const id = leaseOf(request);
    if (id === null || leases.isHeld(id)) return null;
    return { status: 409, message: 'The right to write that this request names is not held any more.' };
  };
}

/**
 * Counts the requests of whoever has the lease, so that it is passed on only when the last of them has ended: of a
 * command that was killed a statement may still run.
 */
export function countLeased(leases: Leases): Enter {
  return (request) => {
    const id = leaseOf(request);
    return id === null ? undefined : leases.enter(id);
  };
}
