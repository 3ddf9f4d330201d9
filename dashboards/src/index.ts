export { buildDashboards, type BuiltDashboard, defaultSettings, outputFiles } from './emit/build.ts';
export type { OutputFile } from './emit/provisioning.ts';
export type { AgreementSettings, DashboardSettings } from './lib/spec.ts';
