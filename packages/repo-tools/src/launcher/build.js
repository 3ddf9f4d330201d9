import { spawn } from 'node:child_process';
import { turboEntry, turboEnvironment } from './turbo.js';

/**
 * Builds through turbo, which does nothing when nothing changed.
 *
 * @param {string} root
 * @param {object} options
 * @param {readonly string[]} options.args more arguments of `turbo run build`
 * @param {() => void} [options.onSlow] called once when the build takes longer than that
 * @param {number} [options.slowAfterMs] a second, below which nobody wonders
 * @returns {Promise<{ code: number, output: string }>} turbo's exit code, and everything that it said
 */
export async function build(root, { args, onSlow, slowAfterMs = 1000 }) {
  const slow = onSlow && setTimeout(onSlow, slowAfterMs);
  try {
    return await runTurbo(root, ['run', 'build', '--output-logs=errors-only', ...args]);
  } finally {
    clearTimeout(slow);
  }
}

/**
 * Runs turbo with no terminal, and takes it along when this process is told to end.
 *
 * @param {string} root
 * @param {readonly string[]} args
 * @returns {Promise<{ code: number, output: string }>}
 */
export function runTurbo(root, args) {
  return run(process.execPath, [turboEntry(root), ...args, '--ui=stream', '--no-color'], root);
}

/**
 * Runs a program without stdin and collects what it says on both channels, in order.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {string} cwd
 * @returns {Promise<{ code: number, output: string }>} a program that a signal ended has code 1
 */
export function run(command, args, cwd) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...turboEnvironment },
    });
    const signals = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);
    /** @param {NodeJS.Signals} signal */
    const passOn = (signal) => {
      child.kill(signal);
      for (const each of signals) process.off(each, passOn);
      process.kill(process.pid, signal);
    };
    for (const signal of signals) process.on(signal, passOn);
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (/** @type {string} */ chunk) => (output += chunk));
    }
    child.on('error', reject);
    child.on('close', (code) => {
      for (const signal of signals) process.off(signal, passOn);
      resolve({ code: code ?? 1, output });
    });
  });
}
