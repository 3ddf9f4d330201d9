// Generated from the folder names by `npm run registries`; do not edit.
import { metric as changeFailRate } from './change-fail-rate/metric.ts';
import { metric as changeLeadTime } from './change-lead-time/metric.ts';
import { metric as changesAwaitingDeployment } from './changes-awaiting-deployment/metric.ts';
import { metric as deploymentFrequency } from './deployment-frequency/metric.ts';
import { metric as deploymentReworkRate } from './deployment-rework-rate/metric.ts';
import { metric as failedDeploymentRecoveryTime } from './failed-deployment-recovery-time/metric.ts';

export const metrics = [
  changeFailRate,
  changeLeadTime,
  changesAwaitingDeployment,
  deploymentFrequency,
  deploymentReworkRate,
  failedDeploymentRecoveryTime,
] as const;
