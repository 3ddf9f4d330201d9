import { resolve } from 'node:path';
import { findEndpoint } from '@bellwether/warehouse';
import { type Check, failed, ok, warning } from './check.ts';

/** Whether `bellwether serve` has the folder, and where it listens. */
export async function checkServer(folder: string): Promise<Check[]> {
  const name = 'Server';
  const path = resolve(folder);
  const found = await findEndpoint(path);
  switch (found.kind) {
    case 'alive': {
      const { pid, url, since } = found.endpoint;
      return [ok(name, `process ${String(pid)} (bellwether serve) answers at ${url}, since ${since}`)];
    }
    case 'silent':
      return [
        failed(
          name,
          `process ${String(found.pid)} (bellwether serve) has the warehouse, but does not answer`,
          `Look at its log; if it hangs: kill ${String(found.pid)}`,
        ),
      ];
    case 'ignored':
      return [
        warning(
          name,
          `${path}/endpoint.json ${found.reason}, and is not used`,
          'The next bellwether serve writes it anew; delete it if none is to run.',
        ),
      ];
    case 'none':
      return [ok(name, 'none runs on this warehouse; bellwether serve starts one')];
  }
}
