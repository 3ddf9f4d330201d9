import fc from 'fast-check';
import type { TestRepository } from './repository-builder.ts';

/**
 * One thing that people do to a repository. Numbers choose among what is there at that moment, so that every list of
 * operations can be carried out, also after a failing one was shortened.
 */
export type Operation =
  | { readonly kind: 'commit'; readonly branch: number }
  | { readonly kind: 'branch'; readonly from: number }
  | { readonly kind: 'merge'; readonly into: number; readonly from: number }
  | { readonly kind: 'amend'; readonly branch: number }
  | { readonly kind: 'reset'; readonly branch: number; readonly to: number }
  | { readonly kind: 'delete-branch'; readonly branch: number }
  | { readonly kind: 'tag'; readonly name: number; readonly target: number; readonly isAnnotated: boolean }
  | { readonly kind: 'delete-tag'; readonly name: number }
  | { readonly kind: 'forget-unreachable' };

const choice = fc.nat({ max: 50 });

export const operation: fc.Arbitrary<Operation> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('commit' as const), branch: choice }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('branch' as const), from: choice }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('merge' as const), into: choice, from: choice }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('amend' as const), branch: choice }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('reset' as const), branch: choice, to: choice }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('delete-branch' as const), branch: choice }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('tag' as const),
      name: choice,
      target: choice,
      isAnnotated: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('delete-tag' as const), name: choice }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('forget-unreachable' as const) }) },
);

const tagNames = ['v1.0.0', '1.0.0', 'v1.1.0', 'api@2.0.0', 'api@2.1.0-rc.1', 'nightly', 'v2'];

const people = [
  { name: 'Ada', email: 'ada@example.org' },
  { name: 'Ada Lovelace', email: 'ada@example.org' },
  { name: 'renovate[bot]', email: 'bot@example.org' },
];

/** Carries operations out on a real repository and remembers what there is to choose from. */
export class RandomHistory {
  readonly #repository: TestRepository;
  readonly #branches = new Map<string, string>();
  readonly #parents = new Map<string, readonly string[]>();
  readonly #tags = new Set<string>();
  #count = 0;

  constructor(repository: TestRepository) {
    this.#repository = repository;
  }

  /** The first commit, without which there is nothing to choose from. */
  async begin(): Promise<void> {
    await this.#commit('main', []);
  }

  async apply(operation: Operation): Promise<void> {
    switch (operation.kind) {
      case 'commit': {
        const branch = this.#branch(operation.branch);
        return this.#commit(branch, [this.#branches.get(branch)!]);
      }
      case 'branch':
        return this.#commit(`branch-${this.#count}`, [choose([...this.#parents.keys()], operation.from)]);
      case 'merge': {
        const into = this.#branch(operation.into);
        const parents = [this.#branches.get(into)!, this.#branches.get(this.#branch(operation.from))!];
        return this.#commit(into, [...new Set(parents)]);
      }
      case 'amend': {
        const branch = this.#branch(operation.branch);
        return this.#commit(branch, this.#parents.get(this.#branches.get(branch)!)!);
      }
      case 'reset':
        return this.#reset(this.#branch(operation.branch), choose([...this.#parents.keys()], operation.to));
      case 'delete-branch':
        return this.#deleteBranch(this.#branch(operation.branch));
      case 'tag':
        return this.#tag(choose(tagNames, operation.name), operation);
      case 'delete-tag':
        return this.#deleteTag(operation.name);
      case 'forget-unreachable':
        return this.#forget();
    }
  }

  #branch(index: number): string {
    return choose([...this.#branches.keys()], index);
  }

  async #commit(branch: string, parents: readonly string[]): Promise<void> {
    const id = `c${this.#count++}`;
    await this.#repository.add({ commits: [{ id, branch, parents, author: choose(people, this.#count) }] });
    this.#branches.set(branch, id);
    this.#parents.set(id, parents);
  }

  async #reset(branch: string, id: string): Promise<void> {
    await this.#repository.git('update-ref', `refs/heads/${branch}`, this.#repository.sha(id));
    this.#branches.set(branch, id);
  }

  async #deleteBranch(branch: string): Promise<void> {
    if (branch === 'main') return;
    await this.#repository.git('update-ref', '-d', `refs/heads/${branch}`);
    this.#branches.delete(branch);
  }

  async #tag(name: string, { target, isAnnotated }: { target: number; isAnnotated: boolean }): Promise<void> {
    const id = choose([...this.#parents.keys()], target);
    await this.#repository.add({
      tags: [
        { name, target: id, ...(isAnnotated ? { at: Date.parse('2026-02-01') + this.#count * 60_000 } : {}) },
      ],
    });
    this.#tags.add(name);
  }

  async #deleteTag(index: number): Promise<void> {
    if (this.#tags.size === 0) return;
    const name = choose([...this.#tags], index);
    await this.#repository.git('tag', '--delete', name);
    this.#tags.delete(name);
  }

  /** What the branches and tags no longer reach is gone for good, and nothing can be made of it any more. */
  async #forget(): Promise<void> {
    await this.#repository.forgetUnreachable();
    const left = new Set((await this.#repository.git('rev-list', '--all')).split('\n'));
    for (const id of this.#parents.keys()) if (!left.has(this.#repository.sha(id))) this.#parents.delete(id);
  }
}

function choose<T>(from: readonly T[], index: number): T {
  return from[index % from.length]!;
}
