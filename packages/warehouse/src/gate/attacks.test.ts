import type { Role } from '@bellwether/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AttackWorld, type Outcome } from '../../test/attacks/attack-world.ts';
import * as attacks from '../../test/attacks/by-hand.ts';
import { temporaryFolder } from '../../test/temporary-folder.ts';
import { QueryError } from '../serving/query-error.ts';
import { harmlessSettings } from './harmless-settings.ts';

const folder = temporaryFolder();
const ROLES = ['dashboards', 'analyst', 'bot', 'operator'] as const;
const READERS = ['dashboards', 'analyst', 'bot'] as const;

let world: AttackWorld;
let untouched: unknown;

beforeAll(async () => {
  world = await AttackWorld.open(folder);
  untouched = await world.state();
});
afterAll(() => world.close());

/** The attacks that did not go as they should, each with what happened. */
async function failures(
  roles: readonly Role[],
  list: readonly attacks.Attack[],
  isWell: (outcome: Outcome, sql: string) => boolean,
): Promise<string[]> {
  const failed: string[] = [];
  for (const role of roles) {
    for (const attack of list) {
      const [text, values] = typeof attack === 'string' ? [attack, {}] : attack;
      const sql = world.fill(text);
      const params = Object.fromEntries(
        Object.entries(values).map(([name, value]) => [name, world.fill(value)]),
      );
      const outcome = await world.attack(role, sql, params);
      const seen = world.seen(role, outcome);
      if (seen.length > 0 || !isWell(outcome, text)) {
        failed.push(`${role}: ${text.slice(0, 200)} → ${outcome.kind} ${seen.join(', ')}`);
      }
    }
  }
  return failed;
}

/** Without a database a name is looked for in `metrics`, and there is none of these. */
const isStopped = (outcome: Outcome): boolean =>
  outcome.kind === 'refused' || (outcome.kind === 'failed' && [47, 60].includes(outcome.error.code));

describe('what is not for a role is refused, and changes nothing:', () => {
  it.each([
    ['files, programs, servers, settings, state: for nobody', ROLES, attacks.FOR_NOBODY],
    ['changes: for no reader', READERS, attacks.FOR_NO_READER],
    ['ways out of the tables: not for an operator either', ROLES, attacks.FOR_NO_OPERATOR],
    ['who people are and what runs: for no reader', READERS, attacks.PRIVATE],
    ['everything but metrics: not for dashboards', ['dashboards'], attacks.FOR_NO_DASHBOARD],
  ] as const)('%s', async (_, roles, list) => {
    expect(await failures(roles, list, isStopped)).toEqual([]);
    expect(await world.state()).toEqual(untouched);
  });

  it('the catalogue of the engine shows what the role may read', async () => {
    expect(await failures(ROLES, attacks.CURIOUS, () => true)).toEqual([]);
    expect(await world.state()).toEqual(untouched);
  });

  it('an operator may change tables', async () => {
    const isAdmitted = (outcome: Outcome): boolean => outcome.kind === 'not-run';
    expect(await failures(['operator'], attacks.FOR_NO_READER, isAdmitted)).toEqual([]);
  });
});

describe('every function of the engine', () => {
  /** Names of the engine, the newest included: nobody keeps a list here. */
  const namesOf = async (sql: string): Promise<string[]> =>
    (await world.warehouse.query<{ name: string }>(sql)).map(({ name }) => name);

  it('reads no file, reaches no server and changes nothing, called in all ways', async () => {
    const names = await namesOf('SELECT name FROM system.functions ORDER BY name');
    expect(names.length).toBeGreaterThan(1500);
    const values = [
      "'@canary'",
      "'@url'",
      "'private.identities', 'name', 'k'",
      "'private', 'identities', 'name'",
      '',
    ];
    // All ways take the better part of a minute.
    const tried = process.env['BELLWETHER_SOAK_ATTACKS'] === undefined ? values.slice(0, 1) : values;
    const calls = names.flatMap((name) => [
      ...tried.map((each) => `SELECT ${quoted(name)}(${each})`),
      `SELECT arrayMap(${quoted(name)}, ['@canary'])`,
    ]);
    expect(await failures(['analyst'], calls, () => true)).toEqual([]);
    expect(await world.state()).toEqual(untouched);
  }, 600_000);

  it('that looks like reaching out is refused', async () => {
    const suspects = await namesOf(
      `SELECT name FROM system.functions WHERE match(lower(name),
         '^(file|url$|dict|joinget|sleep|getsetting|getserver|getmacro|getclient|hostname|fqdn|filesystem|zookeeper|serveruuid|tcpport|addresstoline|addresstosymbol|demangle|show|currentquery|queryid|initialquery|connectionid|transaction|ai[a-z]|catboost|evalml|naivebayesclassifier|hascolumnintable|generateserial|formatrow|groupformat|throwif|logtrace|mergetree|__|getmerge|buildid|getos|reversedns|currentprofile|currentrole|enabled|default(profile|role))')`,
    );
    expect(suspects.length).toBeGreaterThan(80);
    const calls = suspects.flatMap((name) => [
      `SELECT ${quoted(name)}('x')`,
      `SELECT arrayMap(${quoted(name)}, ['x'])`,
    ]);
    expect(await failures(ROLES, calls, ({ kind }) => kind === 'refused')).toEqual([]);
  });

  it('that makes a table is refused but for those that reach nowhere', async () => {
    const names = await namesOf('SELECT name FROM system.table_functions ORDER BY name');
    const harmless = /^(?:generate_?series|numbers(?:_mt)?|zeros(?:_mt)?|values|view)$/i;
    const calls = names
      .filter((name) => !harmless.test(name))
      .flatMap((name) => [
        `SELECT * FROM ${quoted(name)}('@canary', 'LineAsString')`,
        `SELECT * FROM ${name.toUpperCase()}('@url')`,
        `DESCRIBE ${quoted(name)}('@canary')`,
        `SELECT * FROM (SELECT * FROM ${quoted(name)}(private, identities))`,
        `INSERT INTO FUNCTION ${quoted(name)}('@out', 'TSV', 'a String') SELECT 'x'`,
      ]);
    expect(names.length).toBeGreaterThan(80);
    expect(await failures(ROLES, calls, ({ kind }) => kind === 'refused')).toEqual([]);
    expect(await world.state()).toEqual(untouched);
  });

  it('every table of the system is denied but for those that were chosen', async () => {
    const chosen = new Set(
      `aggregate_function_combinators columns data_type_families databases formats functions keywords numbers numbers_mt
       one settings table_functions tables time_zones zeros zeros_mt`.split(/\s+/),
    );
    const names = await namesOf("SELECT name FROM system.tables WHERE database = 'system' ORDER BY name");
    expect(names.length).toBeGreaterThan(100);
    for (const name of names) {
      for (const sql of [`SELECT * FROM system.${name} LIMIT 3`, `DESCRIBE system.${name}`]) {
        const { kind } = await world.attack('analyst', sql);
        expect
          .soft(`${sql}: ${kind === 'refused' ? 'no' : 'yes'}`)
          .toBe(`${sql}: ${chosen.has(name) ? 'yes' : 'no'}`);
      }
    }
  });

  it('every setting that names a file, a server or a right is refused', async () => {
    const names = await namesOf('SELECT name FROM system.settings ORDER BY name');
    const suspects = names.filter((name) =>
      /path|file|url|format_schema|output_format_schema|host|disk|remote|readonly|expressions|profile|dialect|secret|password|format_template|format_regexp|cache|zookeeper|cluster|analyzer|alias|allow_(?!errors|cr_|missing|seeks|types|variable|whitespace|single|double|geoparquet)/.test(
        name,
      ),
    );
    expect(suspects.length).toBeGreaterThan(300);
    const isApplied = (name: string): boolean => {
      try {
        return Object.keys(harmlessSettings({ [name]: '1' })).length > 0;
      } catch (error) {
        expect(error).toBeInstanceOf(QueryError);
        return false;
      }
    };
    expect(suspects.filter(isApplied)).toEqual([]);
    // Families let a new engine's settings in: look at those before this number is changed.
    expect(names.filter(isApplied).length).toBe(236);
  });
});

function quoted(name: string): string {
  return `\`${name}\``;
}
