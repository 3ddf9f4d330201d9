export { computePullRequestFacts } from './compute-pull-request-facts.ts';
export type { FlowFacts } from './flow-input.ts';
export { readFlow } from './read-flow.ts';
