import { messageReply } from '../http/reply.ts';
import type { Fault } from './fault.ts';

/** The token is over from this request on. An App can ask for a new one. */
export const expiredToken: Fault = {
  name: 'expiredToken',
  answer({ token, clock }) {
    token.expiresAt = clock.now();
    return messageReply(401, 'Bad credentials');
  },
};

export const revokedToken: Fault = {
  name: 'revokedToken',
  answer({ token }) {
    token.isRevoked = true;
    return messageReply(401, 'Bad credentials');
  },
};
