import type { Facts } from '../compute/facts.ts';

/** The change of the test repository by the end of its id: `#7`, `@<sha>`. */
export function changeOf(facts: Facts, id: string): Facts['changes'][number] {
  const found = facts.changes.find((row) => row.change_id === `local/app${id}`);
  if (found !== undefined) return found;
  throw new Error(`no change ${id} among ${facts.changes.map((row) => row.change_id).join()}`);
}

export function deploymentsOf(facts: Facts, id: string): Facts['changeDeployments'] {
  return facts.changeDeployments.filter((row) => row.change_id === `local/app${id}`);
}

export function outcomeOf(facts: Facts, deployment: string): Facts['outcomes'][number] {
  const found = facts.outcomes.find((row) => row.deployment_id === deployment);
  if (found === undefined) throw new Error(`no outcome of ${deployment}`);
  return found;
}
