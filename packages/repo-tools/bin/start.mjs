// What `npm start` runs. Plain JavaScript without dependencies: it comes before the first build.
import { fileURLToPath } from 'node:url';
import { start } from '../src/launcher/start.js';

await start({
  root: fileURLToPath(new URL('../../..', import.meta.url)).replace(/[\\/]$/, ''),
  args: process.argv.slice(2),
  userFolder: process.env['INIT_CWD'] ?? process.cwd(),
});
