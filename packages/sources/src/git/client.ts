import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { BellwetherError, cancelledError } from '@bellwether/core';
import { gitEnvironment, safeSettings } from './environment.ts';
import { gitError, gitMissing, gitTooOld, oldestGit } from './git-errors.ts';

export interface GitOptions {
  /** Written to git's stdin. Names and object ids go this way, so that none can pass for an option. */
  readonly input?: string;
  /** Exit codes that are answers and not failures; 0 always is. */
  readonly answers?: readonly number[];
}

export interface GitAnswer {
  readonly exitCode: number;
  readonly stdout: Buffer;
  readonly stderr: string;
}

/** Programs whose version was looked at. Another thousand clones need not ask again. */
const newEnough = new Set<string>();

const STDERR_LIMIT = 1_000_000;

/**
 * Runs git on one clone, reading only: never through a shell, never fetching, and without letting the repository's
 * configuration run a program (see `environment.ts`).
 */
export class GitClient {
  readonly path: string;
  readonly #signal: AbortSignal;
  readonly #executable: string;

  constructor(path: string, signal: AbortSignal, executable = 'git') {
    this.path = path;
    this.#signal = signal;
    this.#executable = executable;
  }

  /** @throws BellwetherError `git-missing` or `git-too-old` */
  async requireVersion(): Promise<void> {
    if (newEnough.has(this.#executable)) return;
    const { stdout } = await this.run(['--version']);
    const text = stdout.toString().trim();
    const [, major = 0, minor = 0] = (/(\d+)\.(\d+)/.exec(text) ?? []).map(Number);
    const [oldestMajor = 0, oldestMinor = 0] = oldestGit.split('.').map(Number);
    if (major < oldestMajor || (major === oldestMajor && minor < oldestMinor)) throw gitTooOld(text);
    newEnough.add(this.#executable);
  }

  /** Runs git to its end. @throws BellwetherError when it fails */
  async run(args: readonly string[], options: GitOptions = {}): Promise<GitAnswer> {
    const end: { exitCode: number; stderr: string } = { exitCode: 0, stderr: '' };
    const chunks: Buffer[] = [];
    for await (const chunk of this.#start(args, options, end)) chunks.push(chunk);
    return { ...end, stdout: Buffer.concat(chunks) };
  }

  /** The output while it comes. Stopping to read ends git. @throws BellwetherError when git fails */
  stream(args: readonly string[], options: GitOptions = {}): AsyncGenerator<Buffer, void, undefined> {
    return this.#start(args, options, { exitCode: 0, stderr: '' });
  }

  async *#start(
    args: readonly string[],
    { input = '', answers = [] }: GitOptions,
    end: { exitCode: number; stderr: string },
  ): AsyncGenerator<Buffer, void, undefined> {
    this.#stopIfCancelled();
    const child = spawn(this.#executable, ['-C', this.path, '--no-pager', ...safeSettings, ...args], {
      env: gitEnvironment(process.env),
      stdio: 'pipe',
      windowsHide: true,
    });
    const closed = ended(child);
    // Looked at when the output is read; until then a git that cannot start must not count as unhandled.
    closed.catch(() => {});
    const stop = (): void => void child.kill();
    this.#signal.addEventListener('abort', stop, { once: true });
    // A git that ends early closes its stdin; how it ended is what counts.
    child.stdin.on('error', () => {});
    child.stdin.end(input);
    child.stderr.setEncoding('utf8');
    child.stderr.on('data', (text: string) => {
      if (end.stderr.length < STDERR_LIMIT) end.stderr += text;
    });
    try {
      yield* readAll(child);
      const { code, killedBy } = await closed;
      this.#stopIfCancelled();
      end.exitCode = code ?? -1;
      if (code === 0 || (code !== null && answers.includes(code))) return;
      const command = args.find((argument) => !argument.startsWith('-')) ?? args[0] ?? '';
      throw gitError({ command, path: this.path, exitCode: code, killedBy, stderr: end.stderr });
    } finally {
      this.#signal.removeEventListener('abort', stop);
      child.kill();
      // A process counts as closed only when its pipes are empty, and nobody reads this one any more.
      child.stdout.destroy();
      await closed.catch(() => {});
    }
  }

  #stopIfCancelled(): void {
    if (this.#signal.aborted) throw cancelledError('Run the same command again.');
  }
}

/** A pipe that breaks says less than how the process ended, so that is left to speak. */
async function* readAll(child: ChildProcessWithoutNullStreams): AsyncGenerator<Buffer, void, undefined> {
  const chunks = child.stdout[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  for (;;) {
    const step = await chunks.next().catch(() => null);
    if (step === null || step.done === true) return;
    yield step.value;
  }
}

interface End {
  code: number | null;
  killedBy: string | null;
}

/** Waits until the process is gone and its pipes are empty. */
async function ended(child: ChildProcessWithoutNullStreams): Promise<End> {
  try {
    const [code, killedBy] = (await once(child, 'close')) as [number | null, string | null];
    return { code, killedBy };
  } catch (error) {
    throw startFailure(error as NodeJS.ErrnoException);
  }
}

function startFailure(error: NodeJS.ErrnoException): BellwetherError {
  if (error.code === 'ENOENT') return gitMissing(error);
  return new BellwetherError({
    code: 'git-not-started',
    message: `The program git could not be started (${error.code ?? 'unknown reason'}).`,
    // Too many processes or open files: often over in a moment.
    retry: error.code === 'EAGAIN' || error.code === 'EMFILE' || error.code === 'ENOMEM' ? 'now' : 'no',
    next: 'Run: git --version',
    cause: error,
  });
}
