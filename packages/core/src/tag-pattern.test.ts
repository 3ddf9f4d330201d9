import { describe, expect, it } from 'vitest';
import { Config } from './config/schema.ts';
import { firstMatch, parseTagPattern } from './tag-pattern.ts';

const defaults = Config.parse({}).git.tags.map(parseTagPattern);

describe('the default tag patterns', () => {
  it.each([
    ['v1.2.3', null, '1.2.3', false],
    ['1.2.3', null, '1.2.3', false],
    ['api@1.2.3', 'api', '1.2.3', false],
    ['@scope/api@1.2.3', '@scope/api', '1.2.3', false],
    ['api-v1.2.3', 'api', '1.2.3', false],
    ['api/v1.2.3', 'api', '1.2.3', false],
    ['group/api/v1.2.3', 'group/api', '1.2.3', false],
    ['v2.0.0-rc.1', null, '2.0.0-rc.1', true],
    ['@scope/api@3.0.0-next.12', '@scope/api', '3.0.0-next.12', true],
    ['v1.2.3+build.5', null, '1.2.3', false],
    ['v2024.01.15', null, '2024.01.15', false],
  ])('read %s', (tag, service, version, isPrerelease) => {
    expect(firstMatch(defaults, tag)).toEqual({ service, version, isPrerelease });
  });

  // `v1` and `v1.2` are moving aliases in most repositories that have them; counting them would count releases twice.
  it.each(['v1', 'v1.2', 'latest', 'experiment-2', '', 'v1.2.3 ', 'api@', '@1.2.3', 'v1.2.3.4.5'])(
    'do not take "%s"',
    (tag) => {
      expect(firstMatch(defaults, tag)).toBeNull();
    },
  );

  it('answer at once for a long hostile tag', () => {
    const started = performance.now();
    expect(firstMatch(defaults, `${'a-v1.'.repeat(20_000)}x`)).toBeNull();
    expect(firstMatch(defaults, `${'-v1.1.1-a'.repeat(27)}!`)).toBeNull();
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});

describe('parseTagPattern', () => {
  it.each([
    ['release', 'needs {version} exactly once'],
    ['{version}-{version}', 'needs {version} exactly once'],
    ['{service}/{service}/{version}', 'only once'],
    ['{name}@{version}', '{name} is not known'],
  ])('refuses %s', (template, reason) => {
    expect(() => parseTagPattern(template)).toThrow(reason);
  });

  it('takes everything outside the braces literally', () => {
    const pattern = parseTagPattern('rel.(x)-{version}');
    expect(pattern('rel.(x)-1.2.3')?.version).toBe('1.2.3');
    expect(pattern('relA(x)-1.2.3')).toBeNull();
  });
});
