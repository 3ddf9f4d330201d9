import { commitSha, tagSha } from '../git-objects.ts';
import type { Repository, World } from '../model.ts';
import type { Complain } from './complain.ts';

export function checkGit(world: World, repository: Repository, complain: Complain): void {
  const { name, commits } = repository;
  for (const [sha, commit] of commits) {
    complain(name, sha === commit.sha && sha === commitSha(commit), `commit ${sha} has another sha`);
    complain(
      name,
      commit.parents.every((parent) => commits.has(parent)),
      `a parent of ${sha} is missing`,
    );
    complain(name, world.trees.has(commit.treeSha), `the tree of ${sha} is missing`);
    complain(name, commit.authorId === null || world.users.has(commit.authorId), `${sha} by nobody known`);
    complain(name, commit.authoredAt <= commit.committedAt, `${sha} committed before it was authored`);
  }
  for (const [branch, sha] of repository.branches) {
    complain(name, commits.has(sha), `branch ${branch} to nothing`);
  }
  for (const [key, tag] of repository.tags) {
    complain(name, key === tag.name && commits.has(tag.commitSha), `tag ${key} to nothing`);
    if (tag.annotation) {
      const sha = tagSha(tag.name, tag.commitSha, tag.annotation);
      complain(name, sha === tag.annotation.sha, `tag ${key} has another sha`);
    }
  }
  const isEmpty = commits.size === 0;
  complain(name, isEmpty || repository.branches.has(repository.defaultBranch), 'no default branch');
}
