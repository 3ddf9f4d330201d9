import path from 'node:path';
import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';
import { repositoryRoot } from '../workspaces/root.ts';

/**
 * The real configuration of this repository, asked about code that is not on disk. Typed rules are left out,
 * because the type checker only knows files of a tsconfig; `typedProbe` is for those.
 */
const untyped = new ESLint({ cwd: repositoryRoot, overrideConfig: [tseslint.configs.disableTypeChecked] });
const typed = new ESLint({ cwd: repositoryRoot });

/** The findings about `code`, as `rule: message`, were it the content of `file` (relative to the root). */
export async function probe(file: string, code: string): Promise<string[]> {
  return findings(untyped, file, code);
}

/** As `probe`, with types. `file` must exist; `code` stands in for its content. */
export async function typedProbe(file: string, code: string): Promise<string[]> {
  return findings(typed, file, code);
}

async function findings(eslint: ESLint, file: string, code: string): Promise<string[]> {
  const results = await eslint.lintText(code, { filePath: path.join(repositoryRoot, file) });
  return results.flatMap(({ messages }) =>
    messages.map(({ ruleId, message }) => `${ruleId ?? 'parser'}: ${message}`),
  );
}
