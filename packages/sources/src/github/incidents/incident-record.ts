import { type Config, nameMatcher } from '@bellwether/core';
import type { IncidentRow } from '@bellwether/warehouse';
import { z } from 'zod';
import { cleanSubject, cleanText } from '../../git/commit-message.ts';
import { serviceNamer } from '../../git/service-name.ts';
import type { Issue } from './api-schema.ts';
import { readCause } from './cause.ts';

/** What is kept of an issue that is an incident; of its text only the cause that it names. */
export const IncidentRecord = z.object({
  id: z.string(),
  number: z.number(),
  title: z.string(),
  url: z.string(),
  openedAt: z.number(),
  closedAt: z.number().nullable(),
  labels: z.array(z.string()),
  causedBy: z.string().nullable(),
});
export type IncidentRecord = z.infer<typeof IncidentRecord>;

export function pruneIssue(issue: Issue): IncidentRecord {
  return {
    id: issue.id,
    number: issue.number,
    title: cleanSubject(issue.title),
    url: issue.url,
    openedAt: issue.createdAt,
    closedAt: issue.closedAt,
    labels: (issue.labels?.nodes ?? []).flatMap((label) =>
      label === null ? [] : [cleanText(label.name, 100)],
    ),
    causedBy: readCause(issue.body),
  };
}

/** Whether labels make an issue an incident, by `incidents.labels`. */
export function incidentTest(
  config: Pick<Config, 'incidents'>,
): (record: Pick<IncidentRecord, 'labels'>) => boolean {
  const matches = nameMatcher(config.incidents.labels);
  return ({ labels }) => labels.some((label) => matches(label));
}

/** Maps incidents of one repository. An issue that was opened again is not resolved. */
export function incidentMapper(repo: string, config: Config): (record: IncidentRecord) => IncidentRow {
  const serviceOf = serviceNamer(repo, config);
  const { service, severity } = config.incidents;
  return (record) => {
    const name = labelled(record.labels, service);
    return {
      repo,
      incident_id: incidentId(repo, record.number),
      service: name === null ? '' : serviceOf(name),
      // No label says it, and to take production for granted would be a guess.
      environment: '',
      severity: labelled(record.labels, severity) ?? '',
      title: record.title,
      opened_at: record.openedAt,
      acknowledged_at: null,
      resolved_at: record.closedAt,
      caused_by: record.causedBy,
      labels: record.labels,
      url: record.url,
    };
  };
}

export function incidentId(repo: string, number: number): string {
  return `${repo}#${number}`;
}

/** What stands for {name} in the first label that fits; case counts only inside of it. */
function labelled(labels: readonly string[], template: string): string | null {
  const [before = '', after = ''] = template.toLowerCase().split('{name}');
  for (const label of labels) {
    const lower = label.toLowerCase();
    const isLongEnough = label.length > before.length + after.length;
    if (isLongEnough && lower.startsWith(before) && lower.endsWith(after)) {
      return label.slice(before.length, label.length - after.length);
    }
  }
  return null;
}
