import { repositoryAliases, type Warehouse } from '@bellwether/warehouse';
import { z } from 'zod';
import { moveRepository } from '../../engine/move-repository.ts';
import type { PlannedMove } from './moves.ts';
import { StoredNotes } from './stored-notes.ts';

const MoveNote = z.object({ from: z.string().min(1), to: z.string().min(1) });

/**
 * Moves rows to new names. Before the first row of a move a note says what is about to happen: a killed move is ended
 * by the next run as it was begun, whatever the repository is called by then, or half of its rows would stay behind.
 */
export class Moves {
  readonly #warehouse: Warehouse;
  readonly #notes: StoredNotes<z.infer<typeof MoveNote>>;

  constructor(warehouse: Warehouse) {
    this.#warehouse = warehouse;
    this.#notes = new StoredNotes(warehouse, 'moves', MoveNote);
  }

  /** Ends what a killed run began; to be called before anything is decided from what is stored. */
  async finish(): Promise<PlannedMove[]> {
    const begun = [...(await this.#notes.readAll())].map(([id, note]) => ({ id, ...note }));
    for (const move of begun) await this.#end(move);
    return begun;
  }

  async apply(moves: readonly PlannedMove[]): Promise<void> {
    for (const move of moves) {
      await this.#notes.store(new Map([[move.id, { from: move.from, to: move.to }]]));
      await this.#end(move);
    }
  }

  async #end({ id, from, to }: PlannedMove): Promise<void> {
    await moveRepository({ warehouse: this.#warehouse, move: { from, to } });
    await this.#warehouse.insert(repositoryAliases, [
      { repo_id: id, repo: from, is_current: false },
      { repo_id: id, repo: to, is_current: true },
    ]);
    await this.#notes.remove([id]);
  }
}
