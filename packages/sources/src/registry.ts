// Generated from the folder names by `npm run registries`; do not edit.
import { source as git } from './git/index.ts';
import { source as github } from './github/index.ts';

export const sources = [git, github] as const;
