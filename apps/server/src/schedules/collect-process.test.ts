import { describe, expect, it } from 'vitest';
import { type ProcessSpec, runCollection } from './collect-process.ts';
import { readOutcome } from './run-outcome.ts';

const node = (script: string): ProcessSpec => ({
  command: process.execPath,
  args: ['-e', script],
  cwd: process.cwd(),
  env: process.env,
});
const alive = new AbortController().signal;

describe('runCollection', () => {
  it('reads how it ended from what it prints', async () => {
    const printed = {
      status: 'partial',
      targets: [
        { source: 'github', target: 'github.com/acme/shop', rowCount: 12, error: null },
        {
          source: 'github',
          target: 'github.com/acme/pay',
          rowCount: 3,
          error: { code: 'repository-gone', message: 'x' },
        },
      ],
      usage: { requests: 4, points: 9 },
      pointsLeft: 4991,
    };
    const script = `console.log(${JSON.stringify(JSON.stringify(printed))}); process.exitCode = 4`;
    expect(await runCollection(node(script), alive)).toEqual({
      outcome: 'partial',
      errors: ['repository-gone'],
      rows: 15,
      points: 9,
      pointsLeft: 4991,
    });
  });

  it('knows by its code what ended it before it could print', async () => {
    const script = `console.error('Error (token-missing): There is no token.'); process.exitCode = 3`;
    expect(await runCollection(node(script), alive)).toEqual({
      outcome: 'failed',
      errors: ['token-missing'],
      rows: null,
      points: null,
      pointsLeft: null,
    });
  });

  it('says so when it cannot be started', async () => {
    const spec = { ...node(''), command: '/does/not/exist' };
    expect(await runCollection(spec, alive)).toMatchObject({ outcome: 'failed', errors: ['spawn-enoent'] });
  });

  it('asks it to end, and waits until it has', async () => {
    const stop = new AbortController();
    const script = `process.on('SIGINT', () => process.exit(5)); setInterval(() => {}, 1000); process.stderr.write('ready')`;
    const running = runCollection(node(script), stop.signal, () => stop.abort());
    expect(await running).toMatchObject({ outcome: 'cancelled' });
  });
});

describe('readOutcome', () => {
  it('tells a warehouse that somebody else writes to from a failure', () => {
    const told = 'Error (warehouse-locked): Process 7 (bellwether import) writes to the warehouse.';
    expect(readOutcome(1, '', told).outcome).toBe('locked');
  });

  it.each([
    ['nothing', '', null, 'failed'],
    ['nothing and a good end', '', 0, 'ok'],
    ['no JSON', '{"status":', 1, 'failed'],
    ['JSON of something else', '[1]', 5, 'cancelled'],
    [
      'a code that is none of ours',
      '{"status":"ok","targets":[{"rowCount":1,"error":{"code":"a b"}}],"usage":null,"pointsLeft":null}',
      4,
      'partial',
    ],
  ])('makes do with %s', (_, printed, code, outcome) => {
    expect(readOutcome(code, printed, '')).toMatchObject({ outcome, errors: [] });
  });
});
