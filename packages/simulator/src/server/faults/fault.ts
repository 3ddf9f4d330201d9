import type { Clock } from '@bellwether/core';
import type { Random } from '../../world/random.ts';
import type { PreparedQuery } from '../graphql/prepare.ts';
import type { Reply } from '../http/reply.ts';
import type { SimulatedRequest } from '../http/request.ts';
import type { HourlyBudgets } from '../limits/hourly-budgets.ts';
import type { Token } from '../tokens/token.ts';
import type { FaultName } from './plans.ts';

/** The request that a fault may strike. */
export interface Target {
  readonly request: SimulatedRequest;
  readonly kind: 'graphql' | 'rest';
  readonly token: Token;
  /** Null for REST. */
  readonly query: PreparedQuery | null;
  /** Query name or route, for plans that are meant for one kind of request. */
  readonly label: string;
  /** What GitHub would take for it. */
  readonly seconds: number;
  readonly clock: Clock;
  readonly budgets: HourlyBudgets;
  readonly random: Random;
  /** What the fault remembers from one request to another. */
  readonly memory: Set<string>;
  readonly settings: {
    readonly waitSeconds: number;
    readonly slowSeconds: number;
    readonly skewSeconds: number;
  };
}

/** Something that goes wrong at GitHub. It has an `answer`, a `change`, or both. */
export interface Fault {
  readonly name: FaultName;
  /** Left out: any request. */
  canStrike?(target: Target): boolean;
  /** Strikes whatever the plan's probability is, as long as there is one. */
  mustStrike?(target: Target): boolean;
  /** In place of the true answer, which is then never computed. Null: not this time. */
  answer?(target: Target): Reply | null;
  /** Makes something else of the true answer. Null: there was nothing to break. */
  change?(reply: Reply, target: Target): Reply | null;
}
