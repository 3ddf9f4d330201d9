import { fileURLToPath } from 'node:url';

/** The folder of the root package.json, with no slash at its end. */
export const repositoryRoot: string = fileURLToPath(new URL('../../../..', import.meta.url)).replace(
  /[\\/]$/,
  '',
);
