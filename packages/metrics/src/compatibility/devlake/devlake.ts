import type { RivalSystem } from '../system.ts';
import { changeFailRate } from './change-fail-rate.ts';
import { changeLeadTime } from './change-lead-time.ts';
import { deploymentFrequency } from './deployment-frequency.ts';
import { recoveryTime, timeToRestore } from './recovery-time.ts';

export const devlake: RivalSystem = {
  id: 'devlake',
  title: 'Apache DevLake',
  edition: 'June 2026',
  source:
    'https://github.com/apache/incubator-devlake: grafana/dashboards/DORA.json and the DORA plugin (backend/plugins/dora)',
  metrics: [deploymentFrequency, changeLeadTime, changeFailRate, recoveryTime, timeToRestore],
  limits: [
    'The repositories that are asked about are taken as one DevLake project; charging an incident to the latest deployment depends on what a project holds.',
    'Deployments are those that count here. DevLake would see only what its own connections brought: without deployments or workflow runs of its own it shows nothing, where tags or imports stand in here.',
    'An environment is PRODUCTION where its name matches DevLake’s published default `(?i)prod(.*)`; the environments of single tasks of a pipeline are not known.',
    'Which deployment first carried a commit is taken from ancestry per service. DevLake compares each deployment with the one before it, so after a rollback it can link a change to another deployment.',
    'A run of Actions ends there with its last update; here with its end.',
    'Plain comments on a pull request are not collected, so its pickup and review stages are not shown; their sum, which is all that the lead time needs, is.',
  ],
};
