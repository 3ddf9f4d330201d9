import path from 'node:path';
import { defineSource, type Source } from '../source.ts';
import { folderName } from './repository-name.ts';
import { requireSameRepository } from './identity.ts';
import { type GitSession, type GitTarget, openSession } from './session.ts';
import { commitStream } from './streams/commits.ts';
import { repositoryStream } from './streams/repository.ts';
import { tagStream } from './streams/tags.ts';

export interface GitSourceOptions {
  /** Rows of one insert. */
  readonly batchRows?: number;
  /** The git program. */
  readonly executable?: string;
}

/** Clones on this disk. The options are for tests; everyone else takes `source` as it is. */
export function createGitSource({ batchRows = 10_000, executable }: GitSourceOptions = {}): Source<
  GitTarget,
  GitSession
> {
  return defineSource<GitTarget, GitSession>({
    name: 'git',
    streams: [repositoryStream, commitStream(batchRows), tagStream],
    describe: (target) => target.repo ?? folderName(path.resolve(target.path)),
    open: (target, context) => openSession(target, context, executable),
    async refuse(session, { config, cursors }) {
      await requireSameRepository(session, cursors);
      // Asked for paths that are not there, nothing is collected rather than half of it.
      if (config.git.paths === 'on') await session.hasPaths();
    },
  });
}
