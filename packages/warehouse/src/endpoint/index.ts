export { newEndpointKey, publishEndpoint, withdrawEndpoint } from './endpoint-file.ts';
export {
  BACKUP_PATH,
  endpointUser,
  IDENTITY_PATH,
  LEASE_HEADER,
  LEASE_PATH,
  proveIdentity,
  roleOfEndpointUser,
} from './endpoint-proof.ts';
export { type Endpoint, findEndpoint, type FoundEndpoint } from './find-endpoint.ts';
export { type BackupAnswer, backupFailure } from './ask-backup.ts';
export type { LeaseRefusal } from './take-lease.ts';
