import { readFile } from 'node:fs/promises';
import type { Warehouse } from '@bellwether/warehouse';
import type { StoredOrganisation } from './build-organisation.ts';

/** What is known of an organisation because it was made so; no fact or metric was asked. */
export interface ScaleTruths {
  pull_requests: number;
  bot_pull_requests: number;
  merged_pull_requests: number;
  /** Successful ones, to all production environments. */
  production_deployments: number;
  /** Deployments that never reached production. */
  failed_attempts: number;
  /** In repositories with one service: pull requests whose first deployment to production is known. */
  delivered_pull_requests: number;
  /** Of those, all together: from the merge to the first deployment to production. */
  seconds_from_merge_to_deployment: number;
  /** The repositories with at most one service. */
  plain_repositories: string[];
}

/** Reads the truths of an organisation that was built here, as of when it was last seen. */
export async function readTruths(
  warehouse: Warehouse,
  { seed, until }: StoredOrganisation,
): Promise<ScaleTruths> {
  const file = new URL('../../src/scale/sql/truths.sql', import.meta.url);
  const [truths] = await warehouse.query<ScaleTruths>(await readFile(file, 'utf8'), { seed, until });
  if (truths === undefined) throw new Error('the plan of the organisation gave no truths');
  return truths;
}
