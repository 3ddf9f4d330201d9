import { describe, expect, it } from 'vitest';
import { statementFingerprint as print } from './statement-fingerprint.ts';

describe('statementFingerprint', () => {
  it('is the same whatever is asked for, and however many', () => {
    const one = print(
      "SELECT count() FROM metrics.x WHERE (team = 'payments') AND (n IN (1, 2, 3)) AND (s > -1.5e3)",
    );
    expect(
      print("SELECT count() FROM metrics.x WHERE (team = 'it\\'s ''odd''') AND (n IN (7)) AND (s > 2)"),
    ).not.toBe(print('SELECT 1'));
    expect(
      print("SELECT count() FROM metrics.x WHERE (team = 'a secret') AND (n IN (4, 5)) AND (s > -2)"),
    ).toBe(one);
  });

  it('differs where the question differs', () => {
    expect(print('SELECT a1 FROM t')).not.toBe(print('SELECT a2 FROM t'));
    expect(print('SELECT `1` FROM t')).toMatch(/^[0-9a-f]{16}$/);
  });

  it('takes no quote inside a literal for its end', () => {
    expect(print("SELECT 'a\\'b', 1")).toBe(print("SELECT 'c', 2"));
    expect(print("SELECT 'a''b', 1")).toBe(print("SELECT 'c', 2"));
  });
});
