import { BellwetherError } from '@bellwether/core';
import { describe, expect, it } from 'vitest';
import { readReadiness } from './readiness.ts';

const failing = (code: string) => (): Promise<never> =>
  Promise.reject(new BellwetherError({ code, message: 'Of migration 9999.', retry: 'no', next: 'Update' }));

describe('readReadiness', () => {
  it('says that the tables are of a newer version, and not that the engine is silent', async () => {
    const { isReady, reason } = await readReadiness(failing('warehouse-newer'), () => false);
    expect(isReady).toBe(false);
    expect(reason).toContain('of a newer Bellwether: update this one');
  });

  it('says nothing else of what failed', async () => {
    expect(await readReadiness(failing('engine-failed'), () => false)).toEqual({
      isReady: false,
      reason: 'The engine does not answer.',
    });
  });
});
