// Generated from the folder names by `npm run registries`; do not edit.
import { dashboard as bellwetherItself } from './bellwether-itself/dashboard.ts';
import { dashboard as ciHealth } from './ci-health/dashboard.ts';
import { dashboard as doraInDetail } from './dora-in-detail/dashboard.ts';
import { dashboard as engineeringAtAGlance } from './engineering-at-a-glance/dashboard.ts';
import { dashboard as flowOfChanges } from './flow-of-changes/dashboard.ts';
import { dashboard as incidentsAndRecovery } from './incidents-and-recovery/dashboard.ts';
import { dashboard as reviewHealth } from './review-health/dashboard.ts';
import { dashboard as standardsAdoption } from './standards-adoption/dashboard.ts';
import { dashboard as teamPage } from './team-page/dashboard.ts';
import { dashboard as trustInTheNumbers } from './trust-in-the-numbers/dashboard.ts';

export const dashboards = [
  bellwetherItself,
  ciHealth,
  doraInDetail,
  engineeringAtAGlance,
  flowOfChanges,
  incidentsAndRecovery,
  reviewHealth,
  standardsAdoption,
  teamPage,
  trustInTheNumbers,
] as const;
