import type { ChangeDeploymentRow, ChangeRow, DeploymentOutcomeRow, Warehouse } from '@bellwether/warehouse';
import type fc from 'fast-check';
import type { ReferenceRow } from './reference.ts';

/** Facts of some kind, invented for one repository, and how they come into the warehouse. */
export interface WorldKind<Kind extends { repo: string }> {
  of: (repo: string) => fc.Arbitrary<Kind>;
  /** One insert per table for all repositories: a query that looks at one or two of them is quick. */
  insert: (warehouse: Warehouse, worlds: readonly Kind[]) => Promise<void>;
  /** Makes room: for metrics that cannot be asked about one repository, rows of other tests would be in the way. */
  clear?: (warehouse: Warehouse) => Promise<void>;
}

/** The facts of one repository, at random: rows that fit each other, but no history behind them. */
export interface World {
  repo: string;
  changes: ChangeRow[];
  changeDeployments: ChangeDeploymentRow[];
  outcomes: DeploymentOutcomeRow[];
}

/** Of a team: a group is never asked about apart from its teams, so one for each is enough. */
export function teamGroupOf(team: string): string {
  return { red: 'platform', blue: 'product' }[team] ?? '';
}

export function isProduction(row: { environment: string }): boolean {
  return row.environment !== 'staging';
}

/** What may be said of the service of a row. */
export function shownService(row: {
  service: string;
  is_service_withheld: boolean;
  attribution?: string;
}): string {
  if (row.attribution === 'first-deployment') return '(unattributed)';
  return row.is_service_withheld ? '(withheld)' : row.service;
}

/** What may be said of the environment of a row. */
export function shownEnvironment(row: {
  environment: string;
  environment_kind: string;
  is_service_withheld: boolean;
}): string {
  return row.is_service_withheld ? row.environment_kind : row.environment;
}

/** Where a change belongs: a name for each of its services, and one that stands for all. */
export function belonging({ services }: { services: readonly string[] }): {
  services: readonly string[];
  service: string;
} {
  const [only = '', ...others] = services;
  return { services, service: others.length > 0 ? '(several)' : only };
}

/** The columns of a row that figures can be grouped by. */
export function pick<Row>(
  row: Row,
  names: readonly (keyof Row & string)[],
): Record<string, string | boolean> {
  return Object.fromEntries(names.map((name) => [name, row[name] as string | boolean]));
}

/** A deployment as a row that still lacks its figure. */
export function deployed(row: DeploymentOutcomeRow): Pick<ReferenceRow, 'at' | 'dimensions'> {
  const dimensions = pick(row, ['repo', 'team', 'team_group']);
  return {
    at: row.finished_at,
    dimensions: { ...dimensions, service: shownService(row), environment: shownEnvironment(row) },
  };
}

/** A verdict about a deployment, unknown where nothing could tell. */
export function judged(row: DeploymentOutcomeRow, isSo: boolean): ReferenceRow {
  const isBlind = row.failure_basis === 'none';
  return {
    ...deployed(row),
    value: isBlind ? null : Number(isSo),
    gap: isBlind ? 'no-failure-evidence' : '',
    basis: row.failure_basis,
  };
}
