import { Config } from '@bellwether/core';
import { describe, expect, it } from 'vitest';
import { servingText } from './serving-text.ts';

const server = { url: 'http://127.0.0.1:8123', isLocal: true, isOpen: true };
const place = '/srv/data';

describe('servingText', () => {
  it('says where it is, who may ask, and how, without users', () => {
    const text = servingText({ server, place, config: Config.parse({}) });
    expect(text).toContain('Bellwether serves /srv/data at http://127.0.0.1:8123\n');
    expect(text).toContain('programs of this machine, for metrics, without a password');
    expect(text).toContain("curl 'http://127.0.0.1:8123/?query=SHOW+TABLES+FROM+metrics'");
  });

  it('names users and schedules, and nothing that proves a user', () => {
    const passwordHash = `scrypt:32768:8:3:${'A'.repeat(22)}==:${'B'.repeat(43)}=`;
    const users = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => ({ name, role: 'analyst', passwordHash }));
    const schedules = [{ source: 'git', cron: '0 6 * * *' }];
    const config = Config.parse({ serve: { users }, schedules });
    const text = servingText({ server: { ...server, isLocal: false, isOpen: false }, place, config });
    expect(text).toContain('and to other machines');
    expect(text).toContain('a (analyst), b (analyst), c (analyst), d (analyst), e (analyst) and 1 more');
    expect(text).toContain('git at "0 6 * * *"');
    expect(text).toContain("curl -u a 'http");
    expect(text).toContain("headers={'X-ClickHouse-User': 'a', 'X-ClickHouse-Key': '<password>'})).read()");
    expect(text).not.toContain('scrypt');
  });
});
