import path from 'node:path';

/**
 * What a repository is called in the warehouse: `<host>/<owner>/<name>` from the address of its origin, else
 * `local/<folder>`. Credentials and port are dropped, so that https and ssh clones of a repository agree.
 *
 * @param originUrl null where there is no origin
 * @param commonDir the absolute git folder; linked worktrees share their repository's
 */
export function repositoryName(originUrl: string | null, commonDir: string): string {
  return (originUrl === null ? null : remoteName(originUrl)) ?? `local/${folderName(commonDir)}`;
}

/** `<host>/<owner>/<name>` of an address that other machines know; null for folders, bundles and the unreadable. */
export function remoteName(url: string): string | null {
  const parts = urlParts(url.trim()) ?? scpParts(url.trim());
  if (parts === null) return null;
  const segments = parts.path
    .replace(/[?#].*$/, '')
    .replace(/\/+$/, '')
    .replace(/\.git$/, '')
    .split('/')
    .filter((segment) => segment !== '');
  const name = [parts.host.toLowerCase(), ...segments].join('/');
  return segments.length > 0 && isName(name) ? name : null;
}

interface Parts {
  host: string;
  path: string;
}

function urlParts(url: string): Parts | null {
  const match =
    /^(?:https?|ssh|git|git\+ssh|ssh\+git|git\+https?|ftps?):\/\/(?:[^@/]*@)?(\[[^\]]+\]|[^/:]+)(?::\d*)?\/(.*)$/i.exec(
      url,
    );
  return match ? { host: match[1]!, path: match[2]! } : null;
}

/** `git@host:owner/name.git`. One letter before the colon is a drive of Windows; a slash before it, a path. */
function scpParts(url: string): Parts | null {
  const match = /^(?:[^@/:\s]+@)?([^@/:\s]{2,}):(?!\/\/)(.+)$/.exec(url);
  return match ? { host: match[1]!, path: match[2]! } : null;
}

function isName(name: string): boolean {
  return name.length <= 300 && /^[^/\s\p{C}]+(\/[^/\s\p{C}]+)+$/u.test(name);
}

/** The folder that people would name: of a bare repository itself, else the one that holds `.git`. */
export function folderName(commonDir: string): string {
  const base = path.basename(commonDir);
  const folder = base === '.git' ? path.basename(path.dirname(commonDir)) : base.replace(/\.git$/, '');
  const name = folder.replace(/[\s\p{C}/]+/gu, '-').slice(0, 200);
  return name === '' || name === '-' ? 'repository' : name;
}
