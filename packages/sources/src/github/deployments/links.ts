/** GitHub has no page for a single deployment; this one lists those of its environment. */
export function environmentsPage(repo: string, environment: string): string {
  return `https://${repo}/deployments/${encodeURIComponent(environment)}`;
}

export function releasePage(repo: string, tag: string): string {
  return `https://${repo}/releases/tag/${encodeURIComponent(tag)}`;
}
