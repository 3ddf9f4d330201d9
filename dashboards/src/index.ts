export { buildDashboards, type BuiltDashboard, defaultSettings, outputFiles } from './emit/build.ts';
export type { OutputFile } from './emit/provisioning.ts';
export type { AgreementSettings, DashboardSettings } from './lib/spec.ts';
export { type CheckedWarehouse, checkDashboards, type CheckResult, type KnownNumber } from './check/check.ts';
export { describeFinding, type Finding } from './check/finding.ts';
export { lintDashboards } from './check/lint.ts';
export { UnderstoodDashboard, type UnderstoodPanel, type UnderstoodVariable } from './check/understood.ts';
export { diffDashboards } from './diff/diff.ts';
