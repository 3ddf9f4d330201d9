import type { MetricExplanation } from '@bellwether/metrics';
import { wrap } from '../terminal/wrap.ts';

/** A metric in words, as a page for the terminal. */
export function renderExplanation(explanation: MetricExplanation, columns: number): string {
  const width = Math.min(columns, 100);
  const paragraph = (text: string): string[] => wrap(text, width);
  const list = (title: string, items: readonly string[]): string[] =>
    items.length === 0 ? [] : ['', title, ...items.flatMap((item) => bullet(item, width))];
  return [
    `${explanation.title} (${explanation.id})`,
    '',
    ...paragraph(explanation.description),
    ...paragraph(explanation.source),
    ...list('How it is computed', explanation.computation),
    ...list(
      'What it leaves out',
      explanation.leftOut.map(
        ({ what, why, howToSee }) => `${what}, because ${why}. To see it: ${howToSee}.`,
      ),
    ),
    ...list('Coverage', [explanation.coverage]),
    ...list(
      'Why a value can be missing',
      explanation.gaps.map(({ gap, meaning }) => `${gap}: ${meaning}`),
    ),
    ...list(
      'What a value can rest on',
      explanation.basis.map(({ basis, meaning }) => `${basis}: ${meaning}`),
    ),
    ...bands(explanation, width),
    ...list('How it can mislead', explanation.howItMisleads),
    ...list('Look yourself', [
      `bellwether query "SELECT * FROM ${explanation.view} ORDER BY at DESC LIMIT 10"`,
      `bellwether explain ${explanation.id} --rows`,
      'bellwether explain --entity <change, deployment or incident>',
    ]),
    '',
  ].join('\n');
}

function bands({ bands: years, bandRule }: MetricExplanation, width: number): string[] {
  const rows = years.flatMap(({ year, isSecondary, note, tiers }) => [
    `  ${year}${isSecondary ? ' (secondary source)' : ''}: ${
      tiers.length === 0
        ? 'no tiers'
        : tiers.map(({ tier, percent, words }) => `${tier} ${words} (${String(percent)}%)`).join(' · ')
    }`,
    ...(note === '' ? [] : wrap(note, width, '    ')),
  ]);
  return ['', 'Bands of DORA', ...wrap(bandRule, width, '  '), ...rows];
}

function bullet(text: string, width: number): string[] {
  return wrap(text, width, '    ').map((line, index) => (index === 0 ? `  - ${line.trimStart()}` : line));
}
