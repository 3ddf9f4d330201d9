import { describe, expect, it } from 'vitest';
import { folderName, remoteName, repositoryName } from './repository-name.ts';

describe('the name of a repository', () => {
  it.each([
    ['https://github.com/acme/app.git', 'github.com/acme/app'],
    ['https://github.com/acme/app/', 'github.com/acme/app'],
    ['https://GitHub.com/Acme/App', 'github.com/Acme/App'],
    ['https://ci-bot:s3cret@github.com/acme/app.git', 'github.com/acme/app'],
    ['https://x-access-token:a%40b@github.com/acme/app', 'github.com/acme/app'],
    ['https://git.acme.example:8443/acme/app.git', 'git.acme.example/acme/app'],
    ['ssh://git@github.com/acme/app.git', 'github.com/acme/app'],
    ['ssh://git@git.acme.example:2222/acme/app.git/', 'git.acme.example/acme/app'],
    ['git@github.com:acme/app.git', 'github.com/acme/app'],
    ['git@github.com:/acme/app.git', 'github.com/acme/app'],
    ['github.com:acme/app', 'github.com/acme/app'],
    ['git://git.acme.example/app.git', 'git.acme.example/app'],
    ['https://gitlab.example/group/sub/app.git', 'gitlab.example/group/sub/app'],
    ['https://github.com/acme/app.git?x=1', 'github.com/acme/app'],
  ])('reads %s as %s', (url, name) => {
    expect(remoteName(url)).toBe(name);
  });

  it.each([
    '/srv/git/app.git',
    './app',
    '../app.bundle',
    'file:///srv/git/app.git',
    'C:\\git\\app',
    'C:/git/app',
    'https://github.com',
    'app',
    '',
  ])('takes nothing from %s, which only this machine knows', (url) => {
    expect(remoteName(url)).toBeNull();
  });

  it('never contains a credential', () => {
    const urls = [
      'https://u:topsecret@h.example/a/b',
      'ssh://topsecret@h.example/a/b',
      'topsecret@h.example:a/b',
    ];
    for (const url of urls) expect(remoteName(url)).toBe('h.example/a/b');
  });

  it('falls back to the folder', () => {
    expect(repositoryName(null, '/home/someone/app/.git')).toBe('local/app');
    expect(repositoryName('/srv/app.bundle', '/home/someone/app/.git')).toBe('local/app');
    expect(repositoryName('git@github.com:acme/app.git', '/elsewhere/.git')).toBe('github.com/acme/app');
  });

  it('names the folder that people would name', () => {
    expect(folderName('/srv/git/app.git')).toBe('app');
    expect(folderName('/srv/git/app')).toBe('app');
    expect(folderName('/srv/my project/.git')).toBe('my-project');
    expect(folderName('/.git')).toBe('repository');
  });
});
