import { basisShare, type Report, type ReportFigure } from '@bellwether/metrics';
import { formatShare } from '../terminal/format.ts';

/** What the figures of a report cannot know, each with what would make it whole. */
export function unknownsOf(report: Report): string[] {
  if (report.window === null) {
    return ['Nothing was collected. Is this the right repository, and does it have commits?'];
  }
  return [
    ...ofDeployments(wholeOf(report, 'deployment_frequency'), report.repo),
    ...ofLeadTime(wholeOf(report, 'change_lead_time'), report.repo),
    ...ofServices(report),
    ...ofFailures(wholeOf(report, 'change_fail_rate'), report.repo),
  ];
}

function wholeOf({ scopes }: Report, id: string): ReportFigure | undefined {
  return scopes[0]?.metrics.find((metric) => metric.id === id)?.whole;
}

function ofDeployments(figure: ReportFigure | undefined, repo: string | null): string[] {
  if (figure?.value === null && figure.gap === 'no-data') {
    if (repo === null) {
      return [
        'When anything was deployed: no deployment of a service that it owns is known. Say who owns which service by ' +
          '`owner` under `services` in bellwether.yaml. Lead time is of the changes that its people made, whoever deployed them.',
      ];
    }
    return [
      'When anything was deployed: no tag looks like a release. Say which do under git.tags in bellwether.yaml ' +
        "(for example 'release-{version}'), or bring in deployments: bellwether import deployments <file>",
    ];
  }
  const [tags, releases] = [shareOf(figure, 'tag'), shareOf(figure, 'release')];
  if (tags + releases === 0) return [];
  const what = releases === 0 ? 'tags' : tags === 0 ? 'releases' : 'tags and releases';
  return [`Deployments: ${what} stand in for ${standsFor(tags + releases)}. ${neverRolledOut}`];
}

function standsFor(share: number): string {
  return share === 1 ? 'them' : `${formatShare(share)} of them`;
}

const neverRolledOut = 'A release that was announced but never rolled out counts here.';

function ofLeadTime(figure: ReportFigure | undefined, repo: string | null): string[] {
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
            `squashed), so their clock starts there. Pull requests make the lead time whole. ${githubCommand(repo)}`,
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

function ofFailures(figure: ReportFigure | undefined, repo: string | null): string[] {
  if (figure === undefined || shareOf(figure, 'incidents') > 0) return [];
  // Without deployments there is nothing that could have failed.
  if (repo === null && figure.gap === 'no-data') return [];
  return [
    'Incidents: none are known here. Failures are only seen where a release was rolled back, a change reverted or a ' +
      'hotfix branch merged, so fail rate, rework and recovery are a floor, not the whole. Issues with a label of ' +
      `incidents.labels are incidents. ${githubCommand(repo)} (Or from a file: bellwether import incidents <file>)`,
  ];
}

/** The next command, with the repository in it where its host says that it is on GitHub. */
function githubCommand(repo: string | null): string {
  const name = /^github\.com\/([^/]+\/[^/]+)$/.exec(repo ?? '')?.[1];
  return name === undefined
    ? 'Where it lives on GitHub: bellwether collect --source github --repo owner/name'
    : `Next: bellwether collect --source github --repo ${name}`;
}

/** The share of the values that rest on any of the words; 0 where there are no values. */
function shareOf(figure: ReportFigure | undefined, ...words: string[]): number {
  if (figure === undefined) return 0;
  return words.reduce((sum, word) => sum + basisShare(figure, word), 0);
}
