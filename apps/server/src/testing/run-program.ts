import { spawn } from 'node:child_process';

export interface Ended {
  code: number | null;
  stdout: Buffer;
  stderr: string;
}

/** Runs a program of the system to its end, with `input` on stdin. */
export function runProgram(
  command: string,
  args: readonly string[],
  input?: string | Buffer,
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: 'pipe' });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on('data', (piece: Buffer) => stdout.push(piece));
    child.stderr.on('data', (piece: Buffer) => stderr.push(piece));
    child.once('error', reject);
    child.once('close', (code) =>
      resolve({ code, stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr).toString() }),
    );
    // A program that does not read its input to the end is a result, not an error.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });
}

/** Tests with a program that a machine may not have say so in their name, and are left out there. */
export async function hasProgram(command: string): Promise<boolean> {
  try {
    return (await runProgram(command, ['--version'])).code === 0;
  } catch {
    return false;
  }
}
