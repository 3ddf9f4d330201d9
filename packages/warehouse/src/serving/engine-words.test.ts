import { ROLES } from '@bellwether/core';
import { beforeAll, describe, expect, it } from 'vitest';
import { context, refusal, servedWarehouse, textOf } from '../../test/served-warehouse.ts';

const test = servedWarehouse({ readers: 2 });

beforeAll(async () => {
  await test.served.warehouse.command('CREATE DATABASE private');
  await test.served.warehouse.command(
    'CREATE TABLE private.identities (person_key String) ENGINE = MergeTree ORDER BY person_key',
  );
});

describe('what the engine says about a mistake', () => {
  describe.each(ROLES)('to the role %s', (role) => {
    it.each([
      ['a table', 'SELECT * FROM metrics.identities', 60],
      ['a table without its database', 'SELECT * FROM identities', 60],
      ['a column', 'SELECT wordd FROM metrics.numbers', 47],
      ['a function', 'SELECT lengthh(word) FROM metrics.numbers', 46],
      ['an identifier of another database', 'SELECT identities.person_key FROM metrics.numbers', 47],
    ])('names nothing that was not asked for: %s', async (_, sql, code) => {
      const question = { sql, role, database: 'metrics', params: {} };
      const run = async (): Promise<string> => {
        const admitted = await test.served.admit(question);
        return textOf(test.served.run(admitted, context({ role })));
      };
      const error = await refusal(run());
      expect(error.message).not.toMatch(/private|maybe you meant|did you mean|similar/i);
      // A role that may not read it is told that by the gate.
      expect([code, 497]).toContain(error.code);
    });
  });
});
