import { existsSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { withPath } from './arguments.js';
import { build } from './build.js';
import { swallowEcho } from './signal-echo.js';

/**
 * `npm start -- <path>`: builds what changed and runs `bellwether try <path>` where the user stands.
 *
 * The command runs in this very process, so its exit code, its signals and its terminal are its own. stdout
 * stays untouched until then, because it belongs to the command's result.
 *
 * @param {object} options
 * @param {string} options.root folder of the root package.json
 * @param {readonly string[]} options.args what stands after `npm start --`
 * @param {string} options.userFolder where the user stood when typing; npm itself always goes to the root
 * @returns {Promise<void>} after setting process.exitCode when it could not start the command
 */
export async function start({ root, args, userFolder }) {
  if (!existsSync(path.join(root, 'node_modules', 'turbo'))) {
    return stop('The dependencies are not installed yet.\nRun: npm ci');
  }
  const main = path.join(root, 'apps', 'cli', 'dist', 'main.js');
  const reason = existsSync(main) ? 'something changed' : 'first time only';
  const { code, output } = await build(root, {
    args: ['--filter=@bellwether/cli...'],
    onSlow: () => process.stderr.write(`Building Bellwether (${reason}) …\n`),
  });
  if (code !== 0) return stop(`${output.trimEnd()}\n\nBellwether could not be built; the reason is above.`);

  process.argv = [process.execPath, main, 'try', ...withPath(args, root)];
  process.chdir(userFolder);
  // Before the command adds its own listeners, so that an echo meets this one first.
  swallowEcho('SIGINT');
  await import(pathToFileURL(main).href);
}

/** @param {string} message */
function stop(message) {
  process.stderr.write(`${message}\n`);
  process.exitCode = 1;
}
