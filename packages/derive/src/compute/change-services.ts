import type { Attribution } from './attribution.ts';
import type { Change } from './change.ts';
import { type ServiceOwners, UNATTRIBUTED } from './service-owners.ts';

/** Writes into each change which services it belongs to, as they may be shown when it was merged. */
export function recordServices(
  changes: readonly Change[],
  attribute: (change: Change) => Attribution,
  owners: ServiceOwners,
): void {
  for (const change of changes) {
    const { belongsTo } = attribute(change);
    const at = change.row.merged_at ?? change.row.first_authored_at ?? 0;
    change.row.services = belongsTo === null ? [UNATTRIBUTED] : owners.shownServices(belongsTo, at).services;
  }
}
