import { describe, expect, it } from 'vitest';
import { findMetric } from '../catalogue.ts';
import { namedChoice, variableChoice } from './choice.ts';
import { oneRowPerThing } from './counts-once.ts';
import { boundDialect } from './dialect.ts';
import { textLiteral } from './grafana-dialect.ts';
import { planQuery, unknownVariables } from './plan.ts';

const request = {
  metric: 'change_lead_time',
  period: { since: 1e12, until: 2e12, grain: 'whole', timeZone: 'UTC' },
} as const;

describe('a choice of the reader', () => {
  const team = variableChoice('team');

  it('quotes names, and falls away where everything is picked', () => {
    expect(team.includes('fact.team')).toBe('$__conditionalAll(fact.team IN (${team:singlequote}), $team)');
    expect(team.overlaps('fact.services')).toBe(
      '$__conditionalAll(hasAny(fact.services, [${team:singlequote}]), $team)',
    );
  });

  it('is no name that could be SQL, and in no condition that the plugin would mangle', () => {
    expect(() => variableChoice('team) OR (1')).toThrow('no name of a variable');
    expect(() => team.includes("replaceRegexpOne(repo, 'x$', '')")).toThrow('mangle');
  });
});

describe('the row that stands for a thing', () => {
  const metric = findMetric('change_lead_time');
  const environment = variableChoice('environment');

  it('is one that a marker of the picked dimension names, or is looked for, as the run decides', () => {
    const { marked, onePer } = oneRowPerThing(metric, [], new Map([['environment', environment]]));
    expect(marked?.rows).toContain('fact.is_primary');
    expect(marked?.rows).toContain('fact.is_environment_primary');
    expect(marked?.isUsable).toContain('length([${environment:singlequote}]) = 1');
    expect(onePer).not.toBeNull();
  });

  it('is known when the statement is written, where the names are', () => {
    const one = namedChoice('environment', ['eu'], boundDialect());
    expect(oneRowPerThing(metric, [], new Map([['environment', one]]))).toEqual({
      marked: { rows: 'fact.is_environment_primary', isUsable: null },
      onePer: null,
    });
  });
});

describe('a plan with variables', () => {
  const variables = { team: 'team', service: 'service', path: 'path' } as const;

  it('has no rows while a variable is set that the metric does not know', () => {
    expect(unknownVariables(findMetric(request.metric), variables)).toEqual(['path']);
    const { conditions } = planQuery(request, boundDialect(), { variables });
    expect(conditions).toContain('$__conditionalAll(1=0, $path)');
  });

  it('narrows by what the dashboard says where both say something', () => {
    const { conditions } = planQuery({ ...request, filters: { team: ['red'] } }, boundDialect(), {
      variables,
    });
    expect(conditions.join(' ')).not.toContain('$team');
  });
});

describe('a text of a definition in the SQL of a dashboard', () => {
  it('is quoted', () => {
    expect(textLiteral(String.raw`it's \ fine`)).toBe(String.raw`'it\'s \\ fine'`);
  });

  it.each(['$team', '${team}', '[[team]]', '{team:String}', 'two\nlines'])(
    'is refused where Grafana would change it: %j',
    (text) => {
      expect(() => textLiteral(text)).toThrow('cannot stand');
    },
  );
});
