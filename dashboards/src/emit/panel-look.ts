import { type CompiledPanel, findMetric, type PanelColumn } from '@bellwether/metrics';
import { type ColumnStyle, styleOf } from '../lib/columns.ts';
import { dimensionTitle, variableOf } from '../lib/dimensions.ts';
import { linkTo } from '../lib/links.ts';
import type { PanelSpec, VariableName } from '../lib/spec.ts';
import { targetSteps } from '../lib/thresholds.ts';
import { unitOf } from '../lib/units.ts';

export type MeasuringPanel = Exclude<PanelSpec, { kind: 'text' }>;

/** A property of one column, as `overrideByName` takes it. */
export interface Override {
  readonly name: string;
  readonly properties: { id: string; value: unknown }[];
}

/** What all panels are shown with, whatever their kind. */
export interface Look {
  readonly unit: string;
  readonly steps: ReturnType<typeof targetSteps>;
  readonly styles: readonly ColumnStyle[];
}

export function lookOf(panel: MeasuringPanel, { columns }: CompiledPanel, currency: string): Look {
  const { question } = panel;
  const metric = findMetric(question.metric);
  const unit = unitOf(metric, { measure: question.measure, keeps: question.keeps, currency });
  const target = question.shape === 'figure' ? question.target : undefined;
  const direction = question.keeps ? 'higher-is-better' : metric.direction;
  return {
    unit,
    steps: targetSteps(direction, target),
    styles: columns.map((column) => styleOf(column, unit, question.shape === 'stages')),
  };
}

/** The variables of each dashboard, so that a link carries those that its end knows. */
export type VariablesByDashboard = ReadonlyMap<string, readonly VariableName[]>;

/** Those that both ends of a link have. */
export function carried(
  from: readonly VariableName[],
  to: string,
  known: VariablesByDashboard,
): VariableName[] {
  return from.filter((name) => known.get(to)?.includes(name));
}

/** Where the columns of a table lead to. */
export function columnLinks(
  panel: MeasuringPanel,
  columns: readonly PanelColumn[],
  from: readonly VariableName[],
  known: VariablesByDashboard,
): Override[] {
  return columns.flatMap(({ name, role }) => {
    const link = linkOf(panel, name, role, from, known);
    return link === null ? [] : [{ name, properties: [{ id: 'links', value: [link] }] }];
  });
}

interface Link {
  readonly title: string;
  readonly url: string;
  readonly targetBlank: boolean;
}

/** The dashboard that shows a single deployment. */
const DEPLOYMENT_DASHBOARD = 'dora-in-detail';

function linkOf(
  panel: MeasuringPanel,
  name: string,
  role: PanelColumn['role'],
  from: readonly VariableName[],
  known: VariablesByDashboard,
): Link | null {
  if (role === 'link') return { title: 'Open the page', url: '${__value.raw}', targetBlank: true };
  const to = panel.kind === 'parts' ? panel.leadsTo : DEPLOYMENT_DASHBOARD;
  if (to === undefined) return null;
  const variable =
    panel.kind === 'parts' ? variableOf(name) : name === 'deployment_id' ? 'deployment' : undefined;
  if (variable === undefined || !known.get(to)?.includes(variable)) return null;
  return {
    title: `More of this ${dimensionTitle(name).toLowerCase().replace(/ id$/, '')}`,
    url: linkTo(to, carried(from, to, known), { variable, field: name }),
    targetBlank: false,
  };
}
