import { expect, it } from 'vitest';
import { teamFinder } from './team-names.ts';

const find = teamFinder([
  { team: 'acme/payments', name: 'Payments & Billing' },
  { team: 'acme/web', name: 'Web' },
  { team: 'other/web', name: 'Web of others' },
]);

it.each([
  ['acme/payments', 'acme/payments'],
  ['payments', 'acme/payments'],
  ['PAYMENTS & billing', 'acme/payments'],
  // Two teams have this slug, and one of them this title too.
  ['web', null],
  ['other/web', 'other/web'],
  ['nobody', null],
  ['', null],
])('finds for %j %j', (text, team) => {
  expect(find(text)).toBe(team);
});
