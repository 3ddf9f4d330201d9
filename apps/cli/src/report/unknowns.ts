import { basisShare, type Report, type ReportFigure } from '@bellwether/metrics';
import { formatShare } from '../terminal/format.ts';

/** What the figures of a report cannot know, each with what would make it whole. */
export function unknownsOf(report: Report): string[] {
  if (report.window === null) {
    return ['Nothing was collected. Is this the right repository, and does it have commits?'];
  }
  return [
    ...ofDeployments(wholeOf(report, 'deployment_frequency')),
    ...ofLeadTime(wholeOf(report, 'change_lead_time')),
    ...ofServices(report),
    ...ofFailures(wholeOf(report, 'change_fail_rate')),
  ];
}

function wholeOf({ scopes }: Report, id: string): ReportFigure | undefined {
  return scopes[0]?.metrics.find((metric) => metric.id === id)?.whole;
}

function ofDeployments(figure: ReportFigure | undefined): string[] {
  if (figure?.value === null && figure.gap === 'no-data') {
    return [
      'When anything was deployed: no tag looks like a release. Say which do under git.tags in bellwether.yaml ' +
        "(for example 'release-{version}'), or connect a source of deployments.",
    ];
  }
  if (shareOf(figure, 'tag') === 0) return [];
  return ['Deployments: tags stand in for them. A release that was tagged but never rolled out counts here.'];
}

function ofLeadTime(figure: ReportFigure | undefined): string[] {
  const undated = shareOf(figure, 'merge-undated', 'first_commit-undated');
  const fromMerge = shareOf(figure, 'merge', 'merge-undated');
  return [
    ...(undated === 0
      ? []
      : [
          `When releases happened: those of ${formatShare(undated)} of the changes are tags without a date of their ` +
            'own. The date of the tagged commit stands in, so lead times may be too short, down to zero. Annotated ' +
            'tags (git tag -a) carry a date.',
        ]),
    ...(fromMerge === 0
      ? []
      : [
          `When work began: ${formatShare(fromMerge)} of the changes show no work before their merge (most were ` +
            'squashed), so their clock starts there. Connecting GitHub, where the pull requests are, makes the lead ' +
            'time whole; this version cannot do that yet.',
        ]),
  ];
}

function ofServices({ scopes }: Report): string[] {
  const isGuess = scopes.some(({ metrics }) => metrics.some(({ whole }) => whole.gap === 'service-unknown'));
  if (!isGuess) return [];
  return [
    'Which service a change belongs to: the services of this repository cannot be told apart, so their own lead times ' +
      'and failures are left out. Give them `paths` under `services` in bellwether.yaml.',
  ];
}

function ofFailures(figure: ReportFigure | undefined): string[] {
  if (figure === undefined || shareOf(figure, 'incidents') > 0) return [];
  return [
    'Incidents: no source of them is connected. Failures are only seen where a release was rolled back, a change ' +
      'reverted or a hotfix branch merged, so fail rate, rework and recovery are a floor, not the whole.',
  ];
}

/** The share of the values that rest on any of the words; 0 where there are no values. */
function shareOf(figure: ReportFigure | undefined, ...words: string[]): number {
  if (figure === undefined) return 0;
  return words.reduce((sum, word) => sum + basisShare(figure, word), 0);
}
