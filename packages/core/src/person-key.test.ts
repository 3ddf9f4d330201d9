import { describe, expect, it } from 'vitest';
import { gitIdentity, personKey } from './person-key.ts';

describe('personKey', () => {
  it('is a keyed hash that others can reproduce', () => {
    // printf 'git:jane@example.org' | openssl dgst -sha256 -hmac 0123456789abcdef | cut -c1-32
    expect(personKey('0123456789abcdef', gitIdentity(' Jane@Example.org '))).toBe(
      '04786f2bb65443a75795cba4c658578e',
    );
  });

  it('differs with the secret', () => {
    expect(personKey('a'.repeat(16), 'git:x')).not.toBe(personKey('b'.repeat(16), 'git:x'));
  });
});

describe('gitIdentity', () => {
  it('takes both forms of a noreply address as one person', () => {
    expect(gitIdentity('123+jane@users.noreply.github.com')).toBe(
      gitIdentity('jane@users.noreply.github.com'),
    );
  });

  it('leaves other addresses with a plus alone', () => {
    expect(gitIdentity('12+jane@example.org')).toBe('git:12+jane@example.org');
  });
});
