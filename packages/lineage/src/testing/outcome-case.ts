import { deploymentOutcomes, type Outcome } from '../failures.ts';
import type { Testimony } from '../testimony.ts';
import { namedHistory } from './named-history.ts';

/** Deployments to be worked out by hand. */
export interface OutcomeCase {
  /** As for `namedHistory`. */
  history: string[];
  /**
   * In order, a minute apart; a `!` behind the name says that it carries a hotfix, a `*` that nobody had planned it.
   */
  deployed: string;
  /** `R>S`: R reverts S; `R~S`: it may, going by its title. */
  reverts?: string[];
  told?: Testimony;
}

export function outcomes({ history, deployed, reverts = [], told }: OutcomeCase): Outcome[] {
  const { graph, at } = namedHistory(...history);
  const deployments = deployed.split(' ').map((name, index) => ({
    commit: at(name.replace(/[!*]$/, '')),
    finishedAt: (index + 1) * 60_000,
    hasHotfix: name.endsWith('!'),
    isUnplanned: name.endsWith('*'),
  }));
  const pairs = reverts.map((text) => {
    const [revert = '', reverted = ''] = text.split(/[>~]/);
    return { revert: at(revert), reverted: at(reverted), isGuess: text.includes('~') };
  });
  return deploymentOutcomes(graph, deployments, pairs, undefined, told);
}

/** `1 rollback high > 3`: deployment 1 failed and deployment 3 ended that. Deployments count from 0. */
export function failures(given: OutcomeCase): string[] {
  return outcomes(given).flatMap((each, index) =>
    each.isFailure ? [`${index} ${each.evidence} ${each.confidence} > ${each.recoveredBy}`] : [],
  );
}

export function indices(given: OutcomeCase, flag: 'isRework' | 'isUndone' | 'isBaseline'): number[] {
  return outcomes(given).flatMap((each, index) => (each[flag] ? [index] : []));
}
