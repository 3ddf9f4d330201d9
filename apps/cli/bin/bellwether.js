#!/usr/bin/env node
// Committed and not built, because npm links only commands that exist when it installs.
import { existsSync } from 'node:fs';

const main = new URL('../dist/main.js', import.meta.url);
if (existsSync(main)) {
  await import(main.href);
} else {
  process.stderr.write('Bellwether is not built yet.\nNext: npm run build\n');
  process.exitCode = 1;
}
