/**
 * What a command says to the person (stderr), as opposed to its result (stdout).
 * Long work reports progress as counts; how that looks belongs to the app.
 */
export interface Talk {
  /** A step worth a line: `Collected 27,333 commits`. */
  info(message: string): void;
  /** Something the reader should know that did not stop the work, with the way out of it. */
  warn(message: string): void;
  /** The current state of long work; a terminal redraws one line, elsewhere it is thinned out. */
  progress(state: ProgressState): void;
}

export interface ProgressState {
  /** What is being done, in the user's words: `git commits of renovate`. */
  task: string;
  done: number;
  /** Unknown totals stay absent; never guess one. */
  total?: number;
  unit: string;
}

export const silentTalk: Talk = { info: () => {}, warn: () => {}, progress: () => {} };
