import { incidents } from '@bellwether/warehouse';
import { z } from 'zod';
import { address, identifier, instant, list, name } from './fields.ts';
import { defineImport, rowsFor } from './import-kind.ts';
import { cleanTitle, dateProblems, repoOfLine } from './line-checks.ts';

/** One line of a file of incidents. */
export const IncidentLine = z.strictObject({
  id: identifier.describe('Its own id, unique within the repository. Imported again, it replaces itself.'),
  repo: name()
    .optional()
    .describe(
      'What it is about: `<host>/<owner>/<name>`, or its end where that is clear. May be left out with `--repo`, or where the catalogue knows the service.',
    ),
  service: name().optional().describe('Which service it hit, as the catalogue calls it.'),
  environment: name(100).default('production').describe('Where it happened.'),
  severity: name(50).optional().describe('In your own words, such as sev1.'),
  title: name(2_000).optional().describe('One line. Addresses of people are taken out.'),
  opened_at: instant.describe('When it began, or was noticed.'),
  acknowledged_at: instant.optional().describe('When somebody took it up.'),
  resolved_at: instant.optional().describe('When it was over; left out while it goes on.'),
  caused_by: name(300)
    .optional()
    .describe('The deployment that caused it, where that is known: its id, its tag or its commit.'),
  labels: list.optional().describe('A list; in CSV `a;b`.'),
  url: address.optional().describe('Where to look at it.'),
});
export type IncidentLine = z.infer<typeof IncidentLine>;

export const incidentImport = defineImport<IncidentLine>({
  name: 'incidents',
  summary: 'Incidents that another system knows: one line for each',
  line: IncidentLine,
  example: {
    id: 'INC-204',
    repo: 'github.com/acme/shop',
    service: 'checkout',
    severity: 'sev2',
    title: 'Payments time out',
    opened_at: '2026-01-31T14:20:00Z',
    resolved_at: '2026-01-31T15:02:00Z',
    caused_by: 'v1.8.0',
    labels: ['payments', 'timeout'],
  },
  map(line, context) {
    const repo = repoOfLine(line, context);
    const problems = dateProblems(
      [
        ['opened_at', line.opened_at],
        ['resolved_at', line.resolved_at],
      ],
      context.now,
    );
    problems.push(
      ...dateProblems(
        [
          ['opened_at', line.opened_at],
          ['acknowledged_at', line.acknowledged_at],
        ],
        context.now,
      ).filter(({ field }) => field === 'acknowledged_at'),
    );
    if (typeof repo !== 'string') return { problems: [repo, ...problems] };
    if (isOfAnIssue(repo, line.id)) {
      problems.push({ field: 'id', problem: 'looks like an issue of the repository, which `collect` reads' });
    }
    if (problems.length > 0) return { problems };
    const row = {
      repo,
      incident_id: line.id,
      // Never the repository's own name by default: which service was hit is then simply not known.
      service: line.service === undefined ? '' : context.places.serviceOf(repo, line.service),
      environment: line.environment,
      severity: line.severity ?? '',
      title: cleanTitle(line.title ?? ''),
      opened_at: line.opened_at,
      acknowledged_at: line.acknowledged_at ?? null,
      resolved_at: line.resolved_at ?? null,
      caused_by: line.caused_by ?? null,
      labels: line.labels ?? [],
      url: line.url ?? '',
    };
    return { repo, rows: [rowsFor(incidents, [row])] };
  },
  tables: [
    {
      table: incidents,
      ids: ['incident_id'],
      readImported: (stored, repo) =>
        stored.readRows(incidents, ['repo', 'incident_id'], {
          sql: "repo = {repo:String} AND NOT startsWith(incident_id, concat(repo, '#'))",
          params: { repo },
        }),
    },
  ],
});

/** `<repo>#<number>` is the id of an issue of a forge; an import must not write over it. */
function isOfAnIssue(repo: string, id: string): boolean {
  return id.toLowerCase().startsWith(`${repo.toLowerCase()}#`);
}
