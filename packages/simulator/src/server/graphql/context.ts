import type { World } from '../../world/model.ts';
import type { BudgetState } from '../limits/hourly-budgets.ts';
import type { Token } from '../tokens/token.ts';
import type { WorldIndex } from '../world-index.ts';
import type { Price } from './price.ts';

/** What resolvers know besides their source. */
export interface Context {
  readonly world: World;
  readonly index: WorldIndex;
  readonly token: Token;
  /** `http://127.0.0.1:<port>`, for the links in answers. */
  readonly origin: string;
  readonly price: Price;
  /** After this request was paid for. */
  readonly budget: BudgetState;
}
