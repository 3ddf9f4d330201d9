import { type Role, ROLES } from '@bellwether/core';
import { describe, expect, it } from 'vitest';
import { temporaryWarehouse } from '../../test/temporary-warehouse.ts';
import { canInsert, canReadTable } from '../gate/rights.ts';
import { type GrantedLimits, grantStatements, roleName, VIEW_DEFINER } from './grant-statements.ts';

const database = temporaryWarehouse();

const limit: GrantedLimits = {
  ...{ seconds: 30, memoryBytes: 1e9, rowsRead: 1e8, rowsReturned: 1e6, resultBytes: 1e8, concurrent: 4 },
};
const limits = Object.fromEntries(ROLES.map((role) => [role, limit])) as Record<Role, GrantedLimits>;
const views = ['metrics.change_lead_time'];
const statements = grantStatements({ limits, views });

/** What a role was granted, read from the statements and not from the table that they were made of. */
function granted(role: Role): { privilege: string; database: string; table: string }[] {
  const statement = statements.find(
    (sql) => sql.startsWith('GRANT') && sql.includes(` TO ${roleName(role)} `),
  );
  const [, list = ''] = /^GRANT (.*) TO /.exec(statement ?? '') ?? [];
  return [...list.matchAll(/((?:[A-Z ]+, )*[A-Z ]+) ON ([\w*]+)\.([\w*]+)/g)].flatMap(
    ([, privileges = '', on = '', table = '']) =>
      privileges.split(', ').map((privilege) => ({ privilege: privilege.trim(), database: on, table })),
  );
}

function isGranted(role: Role, privilege: string, on: string, table: string): boolean {
  return granted(role).some(
    (grant) =>
      grant.privilege === privilege &&
      grant.database === on &&
      (grant.table === '*' || grant.table === table),
  );
}

describe('the grants on a ClickHouse server', () => {
  it.each(ROLES)('let %s read and write what the gate lets it, table by table', async (role) => {
    const tables = await database.warehouse.query<{ database: string; name: string }>(
      `SELECT database, name FROM system.tables
       WHERE database IN ('raw', 'domain', 'facts', 'metrics', 'ops', 'private')`,
    );
    const named = [
      ...tables,
      { database: 'metrics', name: 'change_lead_time' },
      { database: 'raw', name: 'later' },
    ];
    expect(named.length).toBeGreaterThan(35);
    for (const { database: on, name } of named) {
      const what = `${role} ${on}.${name}`;
      expect([what, isGranted(role, 'SELECT', on, name)]).toEqual([what, canReadTable(role, on, name)]);
      expect([what, isGranted(role, 'INSERT', on, name)]).toEqual([what, canInsert(role, on, name)]);
    }
  });

  it('change nothing for those who only read', () => {
    for (const role of ['dashboards', 'analyst', 'bot'] as const) {
      const privileges = new Set(granted(role).map(({ privilege }) => privilege));
      expect([...privileges].filter((name) => !['SELECT', 'SHOW', 'INSERT'].includes(name))).toEqual([]);
    }
    expect(granted('dashboards').every(({ database: on }) => on === 'metrics')).toBe(true);
  });

  it('give nobody a file, an address or every database', () => {
    const text = statements.join('\n');
    expect(text).not.toMatch(/\b(?:FILE|URL|REMOTE|S3|SOURCES|ALL)\b/);
    expect(text).not.toContain('WITH GRANT OPTION');
    expect(text.match(/ON \*\.\*/g)).toEqual(['ON *.*']);
    expect(text).toContain('CLUSTER ON *.*');
  });

  it('let views read in the name of somebody who cannot log in, and who sees no person', () => {
    expect(statements[0]).toContain('HOST NONE');
    const [, definer = ''] = statements;
    expect(definer).toContain(`TO ${VIEW_DEFINER}`);
    expect(definer).not.toMatch(/private|raw/);
    expect(statements.at(-1)).toBe(
      `ALTER TABLE metrics.change_lead_time MODIFY SQL SECURITY DEFINER DEFINER = ${VIEW_DEFINER}`,
    );
  });

  it.each([undefined, "one 'cluster'"])(
    'are statements that ClickHouse takes, on cluster %s',
    async (cluster) => {
      const made = grantStatements({ cluster, limits, views });
      for (const sql of made) {
        const [row] = await database.warehouse.query<{ formatted: string }>(
          'SELECT formatQuerySingleLine({sql:String}) AS formatted',
          { sql },
        );
        // Nothing was lost on the way.
        expect(row?.formatted.length).toBeGreaterThan(sql.length * 0.8);
        expect(sql.includes('ON CLUSTER')).toBe(cluster !== undefined);
      }
    },
  );

  it('can run again: each makes what is not there, or replaces it', () => {
    for (const sql of statements) {
      expect(sql).toMatch(/IF NOT EXISTS|OR REPLACE|WITH REPLACE OPTION|^ALTER TABLE/);
    }
  });
});
