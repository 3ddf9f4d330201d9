import { findMetric, type PanelColumn } from '@bellwether/metrics';
import { dimensionTitle } from './dimensions.ts';
import { coverageSteps, wordColours } from './thresholds.ts';

/** A property of a column, as Grafana's overrides have it. */
export interface Property {
  readonly id: string;
  readonly value: unknown;
}

/** How a column of a result is shown, whatever the panel. */
export interface ColumnStyle {
  readonly name: string;
  readonly title: string;
  readonly properties: readonly Property[];
}

const titles: Readonly<Record<string, string>> = {
  value: 'Value',
  previous: 'Before',
  change: 'Change',
  verdict: 'What that means',
  target: 'Target',
  target_met: 'Target met',
  band: 'DORA band',
  n: 'n',
  total: 'All',
  coverage: 'Coverage',
  reason: 'Why there is no figure',
  at: 'When',
  ends_at: 'Until',
  link: 'Page',
  p50: 'Median',
  p75: 'p75',
  p90: 'p90',
};

/**
 * @param unit      of what is measured
 * @param isStage   whether columns are named for the metrics that show them by themselves
 */
export function styleOf({ name, role }: PanelColumn, unit: string, isStage = false): ColumnStyle {
  const title =
    isStage && role === 'measure' ? findMetric(name).title : (titles[name] ?? dimensionTitle(name));
  return {
    name,
    title,
    properties: [{ id: 'displayName', value: title }, ...propertiesOf(name, role, unit)],
  };
}

function propertiesOf(name: string, role: PanelColumn['role'], unit: string): Property[] {
  switch (role) {
    case 'time':
      return [{ id: 'unit', value: 'dateTimeAsIso' }];
    case 'measure':
      return [{ id: 'unit', value: unit }];
    case 'count':
      return [{ id: 'unit', value: 'short' }];
    case 'share':
      return [
        { id: 'unit', value: 'percentunit' },
        ...(name === 'coverage'
          ? [{ id: 'thresholds', value: { mode: 'absolute', steps: coverageSteps } }]
          : []),
      ];
    case 'text':
      return name === 'verdict' || name === 'target_met' ? [{ id: 'mappings', value: wordMappings }] : [];
    case 'label':
    case 'link':
      return [];
  }
}

/** Words keep their text and get their colour. */
const wordMappings = [
  {
    type: 'value',
    options: Object.fromEntries(
      Object.entries(wordColours).map(([word, color], index) => [word, { text: word, color, index }]),
    ),
  },
];
