import { type Role, ROLES } from '@bellwether/core';
import { RIGHTS } from '../gate/rights.ts';
import type { QueryLimits } from '../serving/served-warehouse.ts';

/** What one role may use on a server: as `bellwether serve` has it. */
export interface GrantedLimits extends QueryLimits {
  concurrent: number;
}

export interface GrantOptions {
  cluster?: string | undefined;
  limits: Readonly<Record<Role, GrantedLimits>>;
  /** `metrics.<name>` of every view that there should be. */
  views: readonly string[];
}

/** The role on a ClickHouse server. */
export const roleName = (role: Role): string => `bellwether_${role}`;

/** Nobody can log in as this one: it owns what the views may read. */
export const VIEW_DEFINER = 'bellwether_views';

/** Read by derivation and by tidying, and about no person. */
const OPERATOR_SYSTEM = ['parts', 'detached_parts', 'processes', 'events'] as const;

const OPERATOR_PRIVILEGES = [
  ...['SELECT', 'INSERT', 'ALTER', 'OPTIMIZE', 'TRUNCATE', 'SHOW'],
  ...['CREATE DATABASE', 'CREATE TABLE', 'CREATE VIEW', 'DROP DATABASE', 'DROP TABLE', 'DROP VIEW'],
].join(', ');

/**
 * The roles of `bellwether serve` as a ClickHouse server's own, from the same table of rights as the gate. Every
 * statement can run again: what a role had before is replaced by what it should have.
 *
 * Metric views read facts, and by default as whoever asks; so they get a definer of their own, and *dashboards* needs no
 * right on anything beneath them. `migrate`, run by an operator, makes new views like that because of its profile.
 */
export function grantStatements({ cluster, limits, views }: GrantOptions): string[] {
  const on = cluster === undefined ? '' : ` ON CLUSTER '${cluster.replace(/[\\']/g, '\\$&')}'`;
  const beneath = RIGHTS.operator.databases.filter((name) => name !== 'raw' && name !== 'private');
  return [
    `CREATE USER IF NOT EXISTS ${VIEW_DEFINER}${on} IDENTIFIED WITH no_password HOST NONE`,
    `GRANT${on} ${beneath.map((name) => `SELECT ON ${name}.*`).join(', ')} TO ${VIEW_DEFINER} WITH REPLACE OPTION`,
    ...ROLES.map((role) => `CREATE ROLE IF NOT EXISTS ${roleName(role)}${on}`),
    ...ROLES.map((role) => `GRANT${on} ${privilegesOf(role)} TO ${roleName(role)} WITH REPLACE OPTION`),
    ...ROLES.flatMap((role) => [profile(role, limits[role], on), quota(role, limits[role], on)]),
    ...views.map((view) => `ALTER TABLE ${view}${on} MODIFY SQL SECURITY DEFINER DEFINER = ${VIEW_DEFINER}`),
  ];
}

function privilegesOf(role: Role): string {
  const { databases, tables, inserts, isOperator } = RIGHTS[role];
  if (isOperator) {
    return [
      ...databases.map((name) => `${OPERATOR_PRIVILEGES} ON ${name}.*`),
      ...OPERATOR_SYSTEM.map((name) => `SELECT ON system.${name}`),
      // ON CLUSTER, and views in the name of their definer.
      'CLUSTER ON *.*',
      `SET DEFINER ON ${VIEW_DEFINER}`,
    ].join(', ');
  }
  return [
    ...databases.map((name) => `SELECT, SHOW ON ${name}.*`),
    ...tables.map((name) => `SELECT, SHOW ON ${name}`),
    ...inserts.map((name) => `INSERT ON ${name}`),
  ].join(', ');
}

/**
 * Readers may ask for settings, as clients do, but for none beyond these. Those who insert cannot be `readonly`; what they
 * lack they have not been granted.
 */
function profile(role: Role, limits: GrantedLimits, on: string): string {
  const { inserts, isOperator } = RIGHTS[role];
  const atMost = (name: string, value: number): string => `${name} = ${String(value)} MAX ${String(value)}`;
  const settings = [
    atMost('max_execution_time', limits.seconds),
    atMost('max_memory_usage', limits.memoryBytes),
    atMost('max_rows_to_read', limits.rowsRead),
    atMost('max_result_rows', limits.rowsReturned),
    "result_overflow_mode = 'throw' READONLY",
    `max_concurrent_queries_for_user = ${String(limits.concurrent)} READONLY`,
    ...(isOperator || inserts.length > 0 ? [] : ['readonly = 2 READONLY']),
    ...(isOperator
      ? ["default_normal_view_sql_security = 'DEFINER'", `default_view_definer = '${VIEW_DEFINER}'`]
      : ['allow_ddl = 0 READONLY', 'allow_introspection_functions = 0 READONLY']),
  ];
  return `CREATE SETTINGS PROFILE OR REPLACE ${roleName(role)}${on} SETTINGS ${settings.join(', ')} TO ${roleName(role)}`;
}

/** For each user of the role on their own: what all their places would give if they were always taken. */
function quota(role: Role, limits: GrantedLimits, on: string): string {
  const seconds = 3600 * limits.concurrent;
  return `CREATE QUOTA OR REPLACE ${roleName(role)}${on} KEYED BY user_name FOR INTERVAL 1 hour MAX execution_time = ${String(seconds)} TO ${roleName(role)}`;
}
