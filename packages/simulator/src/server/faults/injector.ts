import { seededRandom, type Random } from '../../world/random.ts';
import type { Reply } from '../http/reply.ts';
import { count, type Usage } from '../usage.ts';
import { cutJson, malformedJson } from './broken-bodies.ts';
import { clockSkew } from './clock-skew.ts';
import { dropped, slow } from './connections.ts';
import { expiredToken, revokedToken } from './credentials.ts';
import type { Fault, Target } from './fault.ts';
import { gatewayTimeout } from './gateway.ts';
import { internalError } from './internal-errors.ts';
import { flappingNotFound } from './not-found.ts';
import type { FaultPlan, Faults } from './plans.ts';
import { rateLimit, secondaryLimit200, secondaryLimit403 } from './rate-limits.ts';
import { resourceLimits } from './resource-limits.ts';

const allFaults: readonly Fault[] = [
  revokedToken,
  expiredToken,
  secondaryLimit403,
  secondaryLimit200,
  rateLimit,
  gatewayTimeout,
  internalError,
  resourceLimits,
  flappingNotFound,
  cutJson,
  malformedJson,
  dropped,
  slow,
  clockSkew,
];

interface Armed {
  readonly fault: Fault;
  readonly plan: FaultPlan;
  readonly random: Random;
  seen: number;
  struck: number;
  readonly memory: Set<string>;
}

/** The request without the parts that the injector itself brings. */
export type PlainTarget = Omit<Target, 'memory' | 'random' | 'settings'>;

/** Decides for every request what goes wrong: at most one fault, each with its own seeded randomness. */
export class FaultInjector {
  readonly #armed: readonly Armed[];
  readonly #settings: Target['settings'];
  readonly #usage: Usage;

  constructor(faults: Faults, seed: number, usage: Usage) {
    this.#usage = usage;
    this.#settings = {
      waitSeconds: faults.waitSeconds ?? 60,
      slowSeconds: faults.slowSeconds ?? 1,
      skewSeconds: faults.skewSeconds ?? 900,
    };
    this.#armed = allFaults.flatMap((fault) => {
      const plan = faults[fault.name];
      if (plan === undefined) return [];
      return [
        {
          fault,
          plan: typeof plan === 'number' ? { probability: plan } : plan,
          random: seededRandom(`${seed}/${fault.name}`),
          seen: 0,
          struck: 0,
          memory: new Set<string>(),
        },
      ];
    });
  }

  /** What is answered in place of the truth; null: the truth. A fault that changes the truth waits for `change`. */
  begin(plain: PlainTarget): { readonly reply: Reply | null; change(reply: Reply): Reply } {
    for (const armed of this.#armed) {
      const target = { ...plain, random: armed.random, memory: armed.memory, settings: this.#settings };
      if (!strikes(armed, target)) continue;
      const { fault } = armed;
      const reply = fault.answer?.(target) ?? null;
      if (reply !== null) this.#note(armed);
      return {
        reply,
        change: (truth) => {
          const changed = fault.change?.(truth, target) ?? null;
          if (changed !== null) this.#note(armed);
          return changed ?? truth;
        },
      };
    }
    return { reply: null, change: (truth) => truth };
  }

  #note(armed: Armed): void {
    armed.struck += 1;
    count(this.#usage.faults, armed.fault.name);
  }
}

function strikes(armed: Armed, target: Target): boolean {
  const { fault, plan, random } = armed;
  const { probability = 0, requests, only, times = Infinity } = plan;
  if (only !== undefined && !target.label.includes(only)) return false;
  if (fault.canStrike?.(target) === false) return false;
  armed.seen += 1;
  const isDrawn = random.chance(probability) || requests?.includes(armed.seen) === true;
  const isForced = probability > 0 && fault.mustStrike?.(target) === true;
  if (armed.struck >= times) return false;
  return isDrawn || isForced;
}
