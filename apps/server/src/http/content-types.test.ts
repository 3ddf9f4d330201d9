import { expect, it } from 'vitest';
import { serveHttp } from '../testing/served-http.ts';
import { contentTypeOf } from './content-types.ts';

const served = serveHttp();

it("says of every output format what the engine's own list says", async () => {
  const rows = await served.warehouse.warehouse.query<{ name: string; content_type: string }>(
    'SELECT name, content_type FROM system.formats WHERE is_output',
  );
  expect(rows.length).toBeGreaterThan(60);
  const ours = rows.map(({ name }) => ({ name, content_type: contentTypeOf(name) }));
  expect(ours).toEqual(rows);
});
