import type { Random } from './random.ts';

// Made from syllables, so that they are nobody's.
const starts = [
  'Ar',
  'Bel',
  'Cor',
  'Da',
  'El',
  'Fen',
  'Gri',
  'Hal',
  'Is',
  'Jo',
  'Ki',
  'Lu',
  'Mar',
  'Nev',
  'Or',
];
const middles = ['da', 'li', 'mo', 'na', 'ri', 'sa', 'ti', 'vo', 'we', 'zu'];
const ends = ['bek', 'dar', 'fin', 'kal', 'lin', 'mir', 'nox', 'ran', 'sil', 'tor', 'vyn', 'wick'];

const things = [
  'ledger',
  'basket',
  'courier',
  'beacon',
  'harbour',
  'quarry',
  'signal',
  'compass',
  'lantern',
  'orchard',
];
const kinds = ['api', 'web', 'worker', 'gateway', 'store', 'sync', 'console', 'engine', 'jobs', 'index'];
const serviceNames = [
  'billing', 'search', 'accounts', 'catalogue', 'checkout', 'inventory', 'messaging', 'pricing', 'reports', 'shipping',
] as const; // prettier-ignore
const teamNames = [
  'Falcon', 'Otter', 'Heron', 'Badger', 'Lynx', 'Marten', 'Raven', 'Stoat', 'Wren', 'Puffin', 'Ibex', 'Tern',
] as const; // prettier-ignore

const verbs = [
  'Add',
  'Fix',
  'Speed up',
  'Simplify',
  'Remove',
  'Rename',
  'Test',
  'Document',
  'Guard',
  'Split',
];
const objects = [
  'retry of failed calls', 'paging of results', 'the empty state', 'rounding of totals', 'cache headers',
  'the import of old records', 'error messages', 'the settings form', 'date parsing', 'the export', 'login redirects',
  'the health check', 'slow queries', 'unused columns', 'the feature switch', 'sorting by name',
] as const; // prettier-ignore

/** A name that nobody has; `index` makes the login unique. */
export function personName(random: Random, index: number): { name: string; login: string } {
  const first = `${random.pick(starts)}${random.pick(middles)}`;
  const last = `${random.pick(starts)}${random.pick(middles)}${random.pick(ends)}`;
  return { name: `${first} ${last}`, login: `${first}-${last}-${index}`.toLowerCase() };
}

/** Different for every index below 10,000. */
export function repositoryName(index: number): string {
  const thing = things[index % things.length]!;
  const kind = kinds[Math.floor(index / things.length + index) % kinds.length]!;
  const round = Math.floor(index / (things.length * kinds.length));
  return round === 0 ? `${thing}-${kind}` : `${thing}-${kind}-${round + 1}`;
}

/** `count` services that differ; at most ten. */
export function pickServiceNames(random: Random, count: number): string[] {
  const start = random.integer(0, serviceNames.length - 1);
  return Array.from({ length: Math.min(count, serviceNames.length) }, (_, index) => {
    return serviceNames[(start + index * 3) % serviceNames.length]!;
  });
}

export function teamName(index: number): string {
  const round = Math.floor(index / teamNames.length);
  return `${teamNames[index % teamNames.length]!}${round === 0 ? '' : ` ${round + 1}`}`;
}

export function changeTitle(random: Random): string {
  return `${random.pick(verbs)} ${random.pick(objects)}`;
}

/** `add-the-export` */
export function slug(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
}

/** A file below a folder; '' is the root of a single service. */
export function filePath(random: Random, folder: string): string {
  const area = random.pick(['src', 'src/api', 'src/store', 'src/view', 'test']);
  const file = `${random.pick(things)}-${random.pick(kinds)}-${random.integer(1, 40)}.ts`;
  return folder === '' ? `${area}/${file}` : `${folder}/${area}/${file}`;
}
