import { benchmarks, type PanelContext } from '@bellwether/metrics';
import { variablesOf } from '../lib/dimensions.ts';
import { dashboards } from '../registry.ts';
import type { DashboardDefinition, DashboardSettings } from '../lib/spec.ts';
import { classicDashboard } from './classic-dashboard.ts';
import type { ClassicDashboard } from './classic-model.ts';
import { type OutputFile, provisioningFiles } from './provisioning.ts';
import { v2Manifest } from './v2-dashboard.ts';

export interface BuiltDashboard {
  /** The folder's name. */
  readonly id: string;
  /** As Grafana reads it from a file: plain JSON. */
  readonly classic: ClassicDashboard;
  /** What narrows it, as the compiler takes it: a panel's SQL follows from this and its question. */
  readonly context: PanelContext;
}

/** What is shown where nothing is configured. */
export const defaultSettings: DashboardSettings = {
  timeZone: 'UTC',
  benchmark: benchmarks.at(-2)?.year ?? 'none',
  currency: 'USD',
  targets: {},
  agreements: [],
};

/**
 * All dashboards, by the name of their folder.
 *
 * @throws BellwetherError where one asks what no metric can answer
 */
export function buildDashboards(
  settings: DashboardSettings = defaultSettings,
  definitions: readonly DashboardDefinition[] = dashboards,
): BuiltDashboard[] {
  const specs = definitions.map((define) => define(settings));
  const known = new Map(specs.map(({ id, variables }) => [id, variables]));
  return specs.map((spec) => ({
    id: spec.id,
    // What JSON leaves out, such as the marks of the SDK's types, is no part of a dashboard.
    context: { timeZone: settings.timeZone, variables: variablesOf(spec.variables) },
    classic: JSON.parse(JSON.stringify(classicDashboard(spec, settings, known))) as ClassicDashboard,
  }));
}

/** Everything that `dashboards build` writes: dashboards in both models, and what provisions them. */
export function outputFiles(built: readonly BuiltDashboard[]): OutputFile[] {
  return [
    ...built.map(({ id, classic }) => ({ path: `dashboards/${id}.json`, text: jsonOf(classic) })),
    ...built.map(({ id, classic }) => ({ path: `manifests/${id}.json`, text: jsonOf(v2Manifest(classic)) })),
    ...provisioningFiles(),
  ];
}

const jsonOf = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
