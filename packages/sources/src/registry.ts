// Generated from the folder names by `npm run registries`; do not edit.
import { source as git } from './git/index.ts';

export const sources = [git] as const;
