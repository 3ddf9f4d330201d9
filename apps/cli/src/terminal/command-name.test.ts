import { expect, it } from 'vitest';
import { asTyped, commandName } from './command-name.ts';

it.each([
  ['/usr/local/bin/bellwether', {}, 'bellwether'],
  ['/repo/apps/cli/dist/main.js', {}, 'node /repo/apps/cli/dist/main.js'],
  ['/repo/apps/cli/dist/main.js', { npm_command: 'run' }, 'npx bellwether'],
])('knows that %s was called as its user called it', (script, env, command) => {
  expect(commandName(script, env)).toBe(command);
});

it('puts the real command into hints, and leaves everything else', () => {
  expect(asTyped('Next: bellwether report --all; see bellwether.yaml', 'npx bellwether')).toBe(
    'Next: npx bellwether report --all; see bellwether.yaml',
  );
});
