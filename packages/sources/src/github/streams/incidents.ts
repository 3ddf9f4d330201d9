import { incidents, records, truncations } from '@bellwether/warehouse';
import { defineStream, rowsOf } from '../../source.ts';
import { IncidentCursor, IncidentReading, isCurrent } from '../incidents/incident-reading.ts';
import { incidentMapper, IncidentRecord, incidentTest } from '../incidents/incident-record.ts';
import type { GitHubSession } from '../session.ts';

/** Issues with an incident's label, as long as they have it. */
export const incidentStream = defineStream<GitHubSession, IncidentCursor>({
  name: 'incidents',
  tables: [incidents, records, truncations],
  replaces: [],
  unit: 'incidents',
  cursor: IncidentCursor,
  isCurrent: ({ cursor, ...context }) => isCurrent(cursor, context),
  read: (context) => new IncidentReading(context).run(),
  replay({ repo, config }, stored) {
    const parsed = stored.map(({ payload }) => IncidentRecord.parse(JSON.parse(payload)));
    return {
      rows: [rowsOf(incidents, parsed.filter(incidentTest(config)).map(incidentMapper(repo, config)))],
    };
  },
});
