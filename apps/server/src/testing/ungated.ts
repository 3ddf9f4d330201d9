import type { Admitted, ServedWarehouse } from '@bellwether/warehouse';

/**
 * A warehouse that runs whatever it is asked, as a ClickHouse server does for the account of an administrator: what
 * stands in for one behind `warehouse.url`. Commands hold KILL QUERY as well, which finds nothing here.
 *
 * @param asked takes down all statements
 */
export function ungated(warehouse: ServedWarehouse, asked: string[]): ServedWarehouse {
  return {
    warehouse: warehouse.warehouse,
    admit: (request) => {
      asked.push(request.sql);
      return Promise.resolve(asItIs(request.sql, request.database));
    },
    run: (admitted, context) => warehouse.run(admitted, context),
    insert: (admitted, context, body) => warehouse.insert(admitted, context, body),
    status: () => warehouse.status(),
    close: (graceMs) => warehouse.close(graceMs),
  };
}

function asItIs(sql: string, database: string): Admitted {
  const admitted = { sql, database, format: null, settings: {}, insert: null };
  const [, table, columns, format] = /^INSERT INTO (\S+)(?: \((.*?)\))? FORMAT (\w+)$/.exec(sql) ?? [];
  if (table !== undefined && format !== undefined) {
    const names = columns?.split(', ').map((name) => name.replaceAll('`', '')) ?? [];
    const insert = { table: table.replaceAll('`', ''), columns: names, data: null };
    return { ...admitted, kind: 'insert', format, insert };
  }
  const word = sql.trimStart().split(/[\s(]/, 1)[0]?.toUpperCase() ?? '';
  const reads = ['SELECT', 'WITH', 'SHOW', 'EXISTS', 'DESCRIBE', ''].includes(word);
  return { ...admitted, kind: reads ? 'select' : 'command' };
}
