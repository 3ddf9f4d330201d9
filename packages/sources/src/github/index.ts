export { collectGitHub, type CollectGitHubResult } from './collect-github.ts';
export type { GitHubConnection, GitHubRun, GitHubRunOptions, MakeConnection } from './github-run.ts';
export { source } from './github-source.ts';
export { planGitHub, type PlanGitHubResult } from './plan-github.ts';
export { type StreamNeeds, streamNeeds } from './stream-needs.ts';
