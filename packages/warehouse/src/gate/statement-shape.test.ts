import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { statement } from '../../test/attacks/grammar.ts';
import { temporaryWarehouse } from '../../test/temporary-warehouse.ts';
import { EngineError } from '../engine-errors.ts';
import { canonicalText } from './examiner.ts';
import { withoutParameters } from './parameters.ts';
import { QueryError } from '../serving/query-error.ts';
import { shapeOf } from './statement-shape.ts';
import { EmbeddedEngine } from '../embedded-engine.ts';

describe('the shape of a statement', () => {
  it('leaves out whole numbers and nothing else', () => {
    expect(shapeOf("SELECT a + 12, 'b 3' FROM t4 WHERE x.5 = 6.7 AND y > -8 LIMIT 9")).toBe(
      "SELECT a + 0, 'b 3' FROM t4 WHERE x.5 = 6.7 AND y > -0 LIMIT 0",
    );
    expect(shapeOf('SELECT 1e3, 0x10, 12345678901234567890')).toBe('SELECT 1e3, 0x10, 12345678901234567890');
  });
});

describe('statements that differ in whole numbers alone', () => {
  const temporary = temporaryWarehouse();

  it('have the same syntax tree but for these numbers', { timeout: 120_000 }, async () => {
    const engine = await EmbeddedEngine.open({
      path: temporary.path,
      readOnly: { seconds: 10, memoryBytes: 1024 ** 3 },
    });
    const treeOf = async (sql: string): Promise<string> => {
      const bytes = await engine.run(`EXPLAIN AST ${sql}`, { lane: 'text', format: 'TSVRaw' });
      return Buffer.from(bytes)
        .toString()
        .replaceAll(/Int64_-?\d+/g, 'Int64');
    };
    let compared = 0;
    const numbers = ['0', '1', '2', '7', '65535', '4294967296', '999999999999999999'];
    try {
      await fc.assert(
        fc.asyncProperty(statement, fc.constantFrom(...numbers), async (text, number) => {
          let sql: string;
          try {
            sql = withoutParameters(await canonicalText(engine, text));
          } catch (error) {
            if (error instanceof QueryError) return;
            throw error;
          }
          if (!/^[(SW]/.test(sql) || /INTO OUTFILE|^S[HY]/.test(sql)) return;
          const other = sql.replaceAll(/(?<![\w.`'@])\d+(?![\w.`'])/g, number);
          if (other === sql || shapeOf(other) !== shapeOf(sql)) return;
          try {
            const trees = [await treeOf(sql), await treeOf(other)];
            expect(trees[1]).toBe(trees[0]);
            compared++;
          } catch (error) {
            if (!(error instanceof EngineError)) throw error;
          }
        }),
        { numRuns: 600, seed: 4 },
      );
    } finally {
      await engine.close();
    }
    expect(compared).toBeGreaterThan(100);
  });
});
