import { type MetricDefinition, metrics } from '@bellwether/metrics';
import { streamNeeds } from '@bellwether/sources';
import { formatCount } from '../terminal/format.ts';

const catalogue: readonly MetricDefinition[] = metrics;

/** Of more than these nobody reads the names; the parts of the catalogue say as much. */
const MOST_NAMED = 10;

/** What is missing without these streams of GitHub, in words: metrics that are empty, or poorer, without one of them. */
export function costOf(streams: readonly string[]): string {
  const poorer = new Set(
    streamNeeds.filter(({ stream }) => streams.includes(stream)).flatMap((need) => need.metrics),
  );
  const affected = catalogue.filter((metric) => poorer.has(metric.id) || needsOneOf(metric, streams));
  const byTeam = streams.includes('teams') ? ['every figure by team is missing'] : [];
  return [...byTeam, ...inWords(affected)].join(', and ');
}

function needsOneOf({ requires }: MetricDefinition, streams: readonly string[]): boolean {
  const named = new Set(requires.flatMap((oneOf) => oneOf.split(' | ')));
  return streams.some(
    (stream) => named.has(`github.${stream}`) || named.has(`github-organisation.${stream}`),
  );
}

function inWords(affected: readonly MetricDefinition[]): string[] {
  if (affected.length === 0) return ['no metric lacks data'];
  const names = affected.map(({ id }) => id).sort();
  if (names.length <= MOST_NAMED) return [`these lack data: ${names.join(', ')}`];
  const parts = [...new Set(affected.map(({ category }) => category))].sort();
  return [`${formatCount(names.length)} metrics lack data (${parts.join(', ')})`];
}
