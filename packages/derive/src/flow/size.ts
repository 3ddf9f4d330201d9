import { pathMatcher } from '@bellwether/core';
import type { PullRequestFactRow } from '@bellwether/warehouse';
import type { FlowPullRequest } from './read-flow.ts';

export interface Size extends Pick<PullRequestFactRow, 'effective_lines' | 'size_gap'> {
  /** Lines that count among the files that are known: at least so many there are. */
  knownLines: number;
}

type SizedPullRequest = Pick<
  FlowPullRequest,
  'changed_file_count' | 'additions' | 'deletions' | 'file_paths' | 'file_additions' | 'file_deletions'
>;

/** Counts added and deleted lines of files that somebody wrote. A list of files that was cut gives no figure. */
export function sizeMeter(generated: readonly string[]): (pullRequest: SizedPullRequest) => Size {
  const isGenerated = remembered(pathMatcher(generated));
  return ({ changed_file_count, additions, deletions, file_paths, file_additions, file_deletions }) => {
    let knownLines = 0;
    file_paths.forEach((path, index) => {
      if (!isGenerated(path)) knownLines += (file_additions[index] ?? 0) + (file_deletions[index] ?? 0);
    });
    if (file_paths.length === 0 && changed_file_count + additions + deletions > 0) {
      return { knownLines, effective_lines: null, size_gap: 'files-unknown' };
    }
    if (file_paths.length < changed_file_count) {
      return { knownLines, effective_lines: null, size_gap: 'files-cut' };
    }
    return { knownLines, effective_lines: knownLines, size_gap: '' };
  };
}

/** The files of a repository come again and again, and two dozen globs are slow. */
function remembered(matches: (path: string) => boolean): (path: string) => boolean {
  const answers = new Map<string, boolean>();
  return (path) => {
    let answer = answers.get(path);
    if (answer === undefined) {
      answer = matches(path);
      answers.set(path, answer);
    }
    return answer;
  };
}
