import type { MetricDefinition, MetricExplanation } from '@bellwether/metrics';
import { bullets, cell, section, table } from './markdown.ts';

export const generatedNote = '<!-- Generated from the definitions by `npm run registries`; do not edit. -->';

const directions: Readonly<Record<MetricDefinition['direction'], string>> = {
  'lower-is-better': 'lower is better',
  'higher-is-better': 'higher is better',
  neither: 'neither more nor less is better as such',
};

/** What a page needs: the definition, and the same in words. */
export interface DescribedMetric {
  readonly definition: MetricDefinition;
  readonly explanation: MetricExplanation;
  /** The folder that it lives in: `change-lead-time`. */
  readonly folder: string;
  /** By what it can be grouped and filtered. */
  readonly dimensions: readonly string[];
}

/** The reference page of one metric. */
export function metricPage({ definition, explanation, folder, dimensions }: DescribedMetric): string {
  const { id, title, description, source, unit, category, aggregate } = definition;
  return [
    generatedNote,
    '',
    `# ${title}`,
    '',
    `\`${id}\` · ${category} · [readme](../../../packages/metrics/src/${folder}/readme.md) · [all metrics](README.md)`,
    '',
    description,
    '',
    `_${source}_`,
    '',
    ...table(
      ['', ''],
      [
        ['Unit', unit],
        ['Direction', directions[definition.direction]],
        ['Figure', aggregate.kind],
        ['Dimensions', dimensions.map((name) => `\`${name}\``).join(', ')],
        ['Business hours', definition.hasBusinessHours === true ? 'beside the wall clock' : 'no'],
        [
          'Several services',
          definition.hasManyServices === true ? 'a row counts once in each that is asked about' : 'no',
        ],
        ['Leads to', definition.drillDown.map((name) => `\`${name}\``).join(', ')],
        ['View', `\`${explanation.view}\``],
      ],
    ),
    ...section('How it is computed', bullets(explanation.computation)),
    ...section('Coverage', [capital(explanation.coverage)]),
    ...section(
      'Why a value can be missing',
      table(
        ['Gap', 'Meaning'],
        explanation.gaps.map(({ gap, meaning }) => [`\`${gap}\``, meaning]),
      ),
    ),
    ...section(
      'What a value can rest on',
      table(
        ['Basis', 'Meaning'],
        explanation.basis.map(({ basis, meaning }) => [`\`${basis}\``, meaning]),
      ),
    ),
    ...section(
      'What it leaves out',
      table(
        ['What', 'Why', 'How to see it'],
        explanation.leftOut.map(({ what, why, howToSee }) => [what, why, howToSee]),
      ),
    ),
    ...section('Bands of DORA', bands(explanation)),
    ...section('How it can mislead', bullets(explanation.howItMisleads)),
    ...section('What it needs', needs(definition.requires)),
    '',
  ].join('\n');
}

/** Streams, all of which are needed; in one item those of which one is enough. */
function needs(requires: MetricDefinition['requires']): string[] {
  if (requires.length === 0) return ['Nothing that has to be collected.'];
  const oneOf = (streams: string): string =>
    streams
      .split(' | ')
      .map((stream) => `\`${stream}\``)
      .join(' or ');
  return ['It says nothing without these streams:', '', ...bullets(requires.map(oneOf))];
}

function bands({ bands: years, bandRule }: MetricExplanation): string[] {
  const rows = years.flatMap(({ year, isSecondary, tiers }) =>
    tiers.length === 0
      ? [[year, 'no tiers', '']]
      : tiers.map(({ tier, percent, words }) => [
          isSecondary ? `${year} (secondary source)` : year,
          `${tier} (${String(percent)}%)`,
          words,
        ]),
  );
  return rows.length === 0 ? [] : [bandRule, '', ...table(['Year', 'Tier', 'Band'], rows)];
}

/** The list of all pages, by the parts of the catalogue. */
export function metricIndex(
  metrics: readonly Pick<
    MetricDefinition,
    'id' | 'title' | 'category' | 'description' | 'unit' | 'direction'
  >[],
  categories: readonly string[],
): string {
  return [
    generatedNote,
    '',
    '# Metrics',
    '',
    `The catalogue: ${String(metrics.length)} metrics, each generated from its definition. \`bellwether explain <metric>\` says the same on the terminal.`,
    ...categories.flatMap((category) =>
      section(
        category,
        table(
          ['Metric', 'What it says', 'Unit', 'Direction'],
          metrics
            .filter((metric) => metric.category === category)
            .map(({ id, title, description, unit, direction }) => [
              `[${title}](${id}.md)`,
              description,
              unit,
              direction === 'neither' ? '' : directions[direction],
            ]),
        ),
      ),
    ),
    '',
  ].join('\n');
}

function capital(sentence: string): string {
  return cell(`${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}${sentence.endsWith('.') ? '' : '.'}`);
}
