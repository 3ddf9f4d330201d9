import { spawn } from 'node:child_process';
import { once } from 'node:events';

/**
 * Makes a bare repository with the shape of a busy library of ten years: a mainline of squash merges, two of five
 * commits released by a tag, one in a hundred reverted. Without files, as a treeless clone has none.
 *
 * @param folder must not exist yet
 */
export async function generateClone(
  folder: string,
  { commits, tags }: { commits: number; tags: number },
): Promise<void> {
  await run('git', ['init', '--quiet', '--bare', '--initial-branch=main', folder]);
  const importer = spawn('git', ['-C', folder, 'fast-import', '--quiet'], {
    stdio: ['pipe', 'ignore', 'inherit'],
  });
  const ended = once(importer, 'close');
  for (let index = 1; index <= commits; index += 1) {
    if (!importer.stdin.write(commitText(index))) await once(importer.stdin, 'drain');
    const release = Math.floor((index * tags) / commits);
    if (release > Math.floor(((index - 1) * tags) / commits)) {
      importer.stdin.write(
        `reset refs/tags/${String(Math.floor(release / 1000))}.${String(Math.floor(release / 10) % 100)}.${String(release % 10)}\nfrom :${String(index)}\n\n`,
      );
    }
  }
  importer.stdin.end();
  const [code] = (await ended) as [number];
  if (code !== 0) throw new Error(`git fast-import ended with ${String(code)}`);
}

const START = 1_430_000_000;
/** Four hours: 27,000 commits in twelve years. */
const STEP = 14_000;

function commitText(index: number): string {
  const message =
    index % 100 === 0
      ? `Revert "feat: thing (#${String(index - 3)})" (#${String(index)})`
      : `feat: thing (#${String(index)})`;
  const author =
    index % 3 === 0
      ? 'renovate[bot] <bot@example.org>'
      : `Dev ${String(index % 40)} <dev${String(index % 40)}@example.org>`;
  const date = `${String(START + index * STEP)} +0000`;
  const parent = index === 1 ? '' : `from :${String(index - 1)}\n`;
  return `commit refs/heads/main\nmark :${String(index)}\nauthor ${author} ${date}\ncommitter GitHub <noreply@example.org> ${date}\ndata ${String(Buffer.byteLength(message))}\n${message}\n${parent}\n`;
}

async function run(command: string, args: readonly string[]): Promise<void> {
  const [code] = (await once(spawn(command, [...args], { stdio: 'inherit' }), 'close')) as [number];
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${String(code)}`);
}
