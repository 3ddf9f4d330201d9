import type { RivalSystem } from '@bellwether/metrics';
import { bullets, section, table } from './markdown.ts';
import { generatedNote } from './metric-page.ts';

/** How other systems compute DORA, rule by rule, beside ours. */
export function compatibilityPage(systems: readonly RivalSystem[]): string {
  return [
    generatedNote,
    '',
    '# DORA as other systems compute it',
    '',
    'Whoever comes from another system finds other numbers here. `bellwether report --definition <system>` computes DORA the',
    'way that system does, from the same data, beside our own figures, and says with numbers which rule made the',
    'difference. This page has all rules. How we count: [the metrics](metrics/README.md).',
    ...systems.flatMap(systemLines),
    '',
  ].join('\n');
}

function systemLines({ id, title, edition, source, metrics, limits }: RivalSystem): string[] {
  return [
    ...section(`${title} (\`--definition ${id}\`)`, [`Rules as of ${edition}. Source: ${source}.`]),
    ...metrics.flatMap(({ ours, title: name, unit, file, clauses }) => [
      '',
      `### ${name}`,
      '',
      `Unit: ${unit === 'ratio' ? 'a share' : unit}. Beside [${ours}](metrics/${ours}.md).`,
      `The statement: [${file}](../../packages/metrics/src/compatibility/${id}/${file}).`,
      '',
      ...table(
        ['Rule', 'Told with numbers'],
        clauses.map(({ rule, effect }) => [rule, effect === undefined ? '' : 'yes']),
      ),
    ]),
    '',
    '### What cannot be reproduced',
    '',
    ...bullets(limits),
  ];
}
