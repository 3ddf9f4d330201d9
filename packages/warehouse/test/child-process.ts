import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const ARGUMENTS = ['--import', 'tsx', '--conditions=bellwether:source'];

/** A real second process that runs `test/children/<name>.ts` from the sources. */
export class Child {
  readonly process: ChildProcessWithoutNullStreams;
  readonly lines: string[] = [];
  readonly #waiting: { prefix: string; resolve: (line: string) => void; reject: (error: Error) => void }[] =
    [];
  #errors = '';

  /** @param wrapper a program that starts it: `['sh', '-c', 'ulimit -f 100; exec "$@"', 'sh']` */
  constructor(name: string, args: readonly string[], wrapper: readonly string[] = []) {
    const script = fileURLToPath(new URL(`./children/${name}.ts`, import.meta.url));
    const [program = '', ...rest] = [...wrapper, process.execPath, ...ARGUMENTS, script, ...args];
    this.process = spawn(program, rest, { stdio: 'pipe' });
    this.process.stderr.on('data', (chunk: Buffer) => (this.#errors += chunk.toString()));
    createInterface({ input: this.process.stdout }).on('line', (line) => {
      this.lines.push(line);
      const at = this.#waiting.findIndex(({ prefix }) => line.startsWith(prefix));
      if (at >= 0) this.#waiting.splice(at, 1)[0]?.resolve(line);
    });
    this.process.on('exit', (code, signal) => {
      const error = new Error(
        `the child ended (${String(code ?? signal)}) without the line: ${this.#errors}`,
      );
      for (const { reject } of this.#waiting.splice(0)) reject(error);
    });
  }

  /** The next line, or an earlier one, that begins with `prefix`. */
  line(prefix: string): Promise<string> {
    const said = this.lines.find((line) => line.startsWith(prefix));
    if (said !== undefined) return Promise.resolve(said);
    return new Promise((resolve, reject) => this.#waiting.push({ prefix, resolve, reject }));
  }

  /** Ends it as a power cut would: nothing of it runs any more. */
  async kill(): Promise<void> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    const ended = once(this.process, 'exit');
    this.process.kill('SIGKILL');
    await ended;
  }

  async ended(): Promise<void> {
    if (this.process.exitCode === null && this.process.signalCode === null) await once(this.process, 'exit');
  }

  say(line: string): void {
    this.process.stdin.write(`${line}\n`);
  }
}
