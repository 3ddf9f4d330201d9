import { createGitSource } from './git-source.ts';

export const source = createGitSource();
