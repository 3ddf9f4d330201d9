export { roleShares } from './limits/role-limits.ts';
export { stderrSink } from './operations/request-log.ts';
export type { ProcessSpec } from './schedules/collect-process.ts';
export { type RunningServer, startServer, type StartOptions } from './start-server.ts';
export { formatPasswordHash, hashPassword } from './users/password-hash.ts';
