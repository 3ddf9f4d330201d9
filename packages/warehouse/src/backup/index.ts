export { type BackupPlace, parseBackupPlace, placeName } from './backup-place.ts';
export { BackupRequest, backupStatement } from './backup-statement.ts';
export { type BackupResult, backupWarehouse } from './backup-warehouse.ts';
export { type RestoreResult, restoreWarehouse } from './restore-warehouse.ts';
