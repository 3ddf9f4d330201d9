import { describe, expect, it } from 'vitest';
import { Config } from './config/schema.ts';
import { nameMatcher, pathMatcher } from './name-pattern.ts';

describe('the default bot patterns', () => {
  const isBot = nameMatcher(Config.parse({}).bots);

  it.each(['dependabot[bot]', 'Renovate Bot', 'renovate', 'github-actions', 'my-bot', 'snyk-io'])(
    'know %s',
    (name) => {
      expect(isBot(name)).toBe(true);
    },
  );

  it.each(['Abbott', 'bob', 'Robot Smith', 'jane@bot.example', 'both'])('leave %s alone', (name) => {
    expect(isBot(name)).toBe(false);
  });
});

describe('nameMatcher', () => {
  it('takes brackets as they are written', () => {
    expect(nameMatcher(['x[bot]'])('xb')).toBe(false);
    expect(nameMatcher(['x[bot]'])('x[bot]')).toBe(true);
  });

  it('matches branches below a folder', () => {
    const isHotfix = nameMatcher(['hotfix/**', 'hotfix-*']);
    expect(['hotfix/a/b', 'hotfix-1', 'Hotfix/x'].every(isHotfix)).toBe(true);
    expect(['feature/hotfix', 'hotfixes'].some(isHotfix)).toBe(false);
  });

  it('matches nothing without patterns', () => {
    expect(nameMatcher([])('anything')).toBe(false);
  });
});

describe('pathMatcher', () => {
  it('keeps to the folder, hidden files included, and minds case', () => {
    const isApi = pathMatcher(['packages/api/**']);
    expect(isApi('packages/api/src/.hidden')).toBe(true);
    expect(isApi('packages/api-client/src/a.ts')).toBe(false);
    expect(isApi('Packages/api/a.ts')).toBe(false);
  });
});
