import { basename } from 'node:path';

/**
 * How this program was called, so that hints can be pasted: `bellwether` where it is installed, `npx bellwether` in a
 * checkout (by `npm start` or `npx`), else the file itself.
 *
 * @param script the second word of the process' command line
 */
export function commandName(script: string, env: Readonly<Record<string, string | undefined>>): string {
  if (env['npm_command'] !== undefined) return 'npx bellwether';
  return /\.[cm]?[jt]s$/.test(basename(script)) ? `node ${script}` : 'bellwether';
}

/** A word as a shell takes it, quoted where it must be. */
export function shellWord(word: string): string {
  return /^[\w@%+=:,./~-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/**
 * Texts all over the code base say `bellwether report`; here it becomes what the user really types. In prose the name
 * has a capital, so what begins small and goes on with a word is a command line.
 */
export function asTyped(text: string, command: string): string {
  return command === 'bellwether' ? text : text.replace(/\bbellwether (?=[a-z-])/g, `${command} `);
}
