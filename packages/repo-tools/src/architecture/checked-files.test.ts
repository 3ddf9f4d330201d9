import path from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { repositoryRoot } from '../workspaces/root.ts';
import { readWorkspaces } from '../workspaces/workspaces.js';

/** The files of a tsconfig, found as the compiler finds them. */
function filesOf(config: string): string[] {
  const file = path.join(repositoryRoot, config);
  const { config: json, error } = ts.readConfigFile(file, (name) => ts.sys.readFile(name));
  if (error) throw new Error(`${config}: ${ts.flattenDiagnosticMessageText(error.messageText, '\n')}`);
  return ts.parseJsonConfigFileContent(json, ts.sys, path.dirname(file)).fileNames;
}

describe('the one program that npm run typecheck looks at', () => {
  const checked = new Set(filesOf('tsconfig.check.json'));

  it.each(readWorkspaces(repositoryRoot).map(({ folder }) => folder))('has every file of %s', (folder) => {
    const own = filesOf(path.join(folder, 'tsconfig.json'));

    expect(own).not.toEqual([]);
    expect(own.filter((file) => !checked.has(file))).toEqual([]);
  });
});
