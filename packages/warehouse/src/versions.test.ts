import { fixedClock } from '@bellwether/core';
import { expect, it } from 'vitest';
import { temporaryWarehouse } from '../test/temporary-warehouse.ts';
import { describeVersions } from './testing/versions-suite.ts';
import { versionClock } from './version-clock.ts';

describeVersions(temporaryWarehouse());

it('a version clock never repeats itself', () => {
  const fixed = fixedClock(1_000);
  const versions = versionClock(fixed);
  expect([versions.next(0), versions.next(0), versions.next(5_000), versions.next(0)]).toEqual([
    1_000, 1_001, 5_001, 5_002,
  ]);
  fixed.set(9_000.5);
  expect(versions.next(0)).toBe(9_000);
});
