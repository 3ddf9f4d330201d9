import type { Warehouse } from '@bellwether/warehouse';
import type { Category, MetricDefinition } from '../metric.ts';
import { metrics } from '../registry.ts';
import { askWhole } from './ask-scope.ts';
import type { MetricReport, ReportRequest, ReportWindow, SectionReport } from './report.ts';

/** The order in which people read them: throughput, then instability, then what is on its way. */
export const doraMetrics: readonly string[] = [
  'deployment_frequency',
  'change_lead_time',
  'change_fail_rate',
  'failed_deployment_recovery_time',
  'deployment_rework_rate',
  'changes_awaiting_deployment',
];

/** The parts of the catalogue, in the order in which a report shows them. */
export const categories: readonly Category[] = [
  'dora',
  'flow',
  'review',
  'ci',
  'operations',
  'standards',
  'data-quality',
];

/** What reads best in this order within its section; what is not named follows by its id. */
const readingOrder: readonly string[] = [
  'cycle_time',
  'coding_time',
  'pickup_time',
  'review_time',
  'merge_wait_time',
  'deploy_time',
  'time_to_first_review',
  'review_rounds',
  'review_depth',
  'pull_request_size',
  'work_in_progress',
  'review_response_time',
  'ci_success_rate',
  'time_to_green',
  'ci_queue_time',
  'ci_run_time',
  'incidents',
  'incident_acknowledge_time',
  'incident_resolve_time',
  'deployment_link_rate',
];

const rankOf = (id: string): number => {
  const position = readingOrder.indexOf(id);
  return position === -1 ? readingOrder.length : position;
};

/** The rest of the catalogue for a scope: of each section every metric that can be asked about it. */
export async function reportSections(
  warehouse: Pick<Warehouse, 'query'>,
  request: ReportRequest,
  window: ReportWindow,
): Promise<SectionReport[]> {
  const sections: SectionReport[] = [];
  for (const category of categories.filter((each) => request.sections.includes(each))) {
    const reports: MetricReport[] = [];
    const notOfScope: string[] = [];
    const ofSection: MetricDefinition[] = metrics.filter(
      (metric) => metric.category === category && !doraMetrics.includes(metric.id),
    );
    for (const definition of ofSection.sort((a, b) => rankOf(a.id) - rankOf(b.id))) {
      const report = await askWhole(warehouse, definition, request, window);
      if (report === null) notOfScope.push(definition.id);
      else reports.push(report);
    }
    sections.push({ category, metrics: reports, notOfScope });
  }
  return sections;
}
