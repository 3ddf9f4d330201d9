import { spawn } from 'node:child_process';

export interface Measurement {
  wallSeconds: number;
  /** Peak resident memory of the process itself, in MB; null for programs other than Node. */
  peakMegabytes: number | null;
}

/** Reports the peak on descriptor 3 when the process ends; what the kernel counted, not what was sampled. */
const peakReporter = `data:text/javascript,import{writeSync}from'node:fs';process.on('exit',()=>writeSync(3,String(process.resourceUsage().maxRSS)))`;

/**
 * Runs a command to its end and measures it as a whole process.
 *
 * @throws Error with what it said when it fails
 */
export async function measureProcess(command: string, args: readonly string[]): Promise<Measurement> {
  const isNode = command === process.execPath;
  const started = performance.now();
  const child = spawn(command, isNode ? ['--import', peakReporter, ...args] : [...args], {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  });
  let said = '';
  let peak = '';
  child.stdio[2]?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  child.stdio[3]?.on('data', (chunk: Buffer) => (peak += chunk.toString()));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  const wallSeconds = (performance.now() - started) / 1000;
  if (code !== 0) {
    throw new Error(`${command} ${args.join(' ')} ended with ${String(code)}: ${said.slice(-2000)}`);
  }
  return { wallSeconds, peakMegabytes: isNode ? Number(peak) / 1024 : null };
}

/** The middle of several runs: these machines are shared, and one run says little. */
export async function medianOf(runs: number, measure: () => Promise<Measurement>): Promise<Measurement> {
  const all: Measurement[] = [];
  for (let run = 0; run < runs; run += 1) all.push(await measure());
  const middle = (pick: (each: Measurement) => number): number =>
    all.map(pick).sort((a, b) => a - b)[Math.floor(runs / 2)] ?? Number.NaN;
  return {
    wallSeconds: middle(({ wallSeconds }) => wallSeconds),
    peakMegabytes: all[0]?.peakMegabytes === null ? null : middle(({ peakMegabytes }) => peakMegabytes ?? 0),
  };
}
