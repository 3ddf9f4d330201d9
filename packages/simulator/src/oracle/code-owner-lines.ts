import { personKey } from '@bellwether/core';
import { personOf, type View } from './view.ts';

/** CODEOWNERS as the simulator writes it: no escapes, no sections. Lines count from 1, comments and empty ones too. */
export function codeOwnerLines(
  view: View,
  text: string,
): { line: number; pattern: string; owners: string[] }[] {
  return text.split('\n').flatMap((whole, at) => {
    const [pattern, ...owners] = whole
      .replace(/#.*$/, '')
      .split(/\s+/)
      .filter((word) => word !== '');
    if (pattern === undefined) return [];
    return [{ line: at + 1, pattern, owners: owners.map((owner) => ownerOf(view, owner)) }];
  });
}

function ownerOf(view: View, owner: string): string {
  if (!owner.startsWith('@')) return personKey(view.secret, `git:${owner.toLowerCase()}`);
  const name = owner.slice(1);
  if (name.includes('/')) return `team:${name}`;
  const user = [...view.world.users.values()].find(({ login }) => login === name);
  return user === undefined ? '' : personOf(view, user.id).key;
}
