export { commitRows, largeHistory, type LargeHistory, type LargeHistoryOptions } from './large-history.ts';
export { namedHistory, type NamedHistory } from './named-history.ts';
export { randomHistory, type RandomHistory } from './random-history.ts';
export { seededRandom } from './seeded-random.ts';
