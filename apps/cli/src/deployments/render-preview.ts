import type { DeploymentPreview } from '@bellwether/sources';
import { formatCount } from '../terminal/format.ts';
import { plainText } from '../terminal/plain-text.ts';
import { formatTable } from '../terminal/table.ts';

/** What matches nothing can be every tag that ever was. */
const UNMATCHED_SHOWN = 15;

/** The preview for a person. */
export function previewText({ lines, unmatched, otherKinds }: DeploymentPreview): string {
  if (lines.length + unmatched.length === 0) {
    return 'Nothing announces deployments there: no deployment, release, tag or successful run was found.\n';
  }
  const table = formatTable(
    [
      { title: 'repository', align: 'left' },
      { title: 'signal', align: 'left' },
      { title: 'at GitHub', align: 'left' },
      { title: 'service', align: 'left' },
      { title: 'environment', align: 'left' },
      { title: 'kind', align: 'left' },
      { title: 'found', align: 'right' },
      { title: 'newest', align: 'left' },
    ],
    lines.map(({ repo, signal, name, service, environment, kind, count, newest }) => [
      ...[repo, signal, name, service, environment, kind].map(plainText),
      formatCount(count),
      dayText(newest),
    ]),
  );
  return [
    ...(lines.length === 0 ? ['No pattern matches anything.'] : table),
    ...unmatchedLines(unmatched),
    ...(otherKinds.length === 0
      ? []
      : [
          '',
          `Of no known kind, so they count for no metric: ${otherKinds.map(plainText).join(', ')}`,
          'Add them to deployments.environments in bellwether.yaml, if they are production or a stage before it.',
        ]),
    '',
    'Per service and environment one signal counts, the most trusted that there is (deployments.signals). Nothing was stored.',
    '',
  ].join('\n');
}

function unmatchedLines(unmatched: DeploymentPreview['unmatched']): string[] {
  if (unmatched.length === 0) return [];
  const shown = unmatched.slice(0, UNMATCHED_SHOWN);
  const rest = unmatched.length - shown.length;
  return [
    '',
    'No deployment by any pattern (deployments.workflows, git.tags):',
    ...shown.map(
      ({ repo, signal, name, count }) =>
        `  ${plainText(`${repo} ${signal} ${name}`)} (${formatCount(count)})`,
    ),
    ...(rest === 0 ? [] : [`  and ${formatCount(rest)} more`]),
  ];
}

function dayText(instant: number | null): string {
  return instant === null ? 'unknown' : new Date(instant).toISOString().slice(0, 10);
}
