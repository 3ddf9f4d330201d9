export { describePartitions } from './partitions-suite.ts';
export { describeQueryText } from './query-text-suite.ts';
export { describeReplaceByDifference } from './replace-by-difference-suite.ts';
export { describeReplaceByQuery } from './replace-by-query-suite.ts';
export { describeRoundTrip } from './round-trip-suite.ts';
export { commitDeploymentRow, commitRow } from './rows.ts';
export type { TestedWarehouse } from './tested-warehouse.ts';
export { describeVersions } from './versions-suite.ts';
