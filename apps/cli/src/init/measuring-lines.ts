import type { Config } from '@bellwether/core';

/**
 * Examples of what decides how figures are read: teams, hours, privacy, agreements, targets. All of them are commented
 * out; what stands there as a value is the default.
 */
export function measuringLines({ businessHours, privacy, pullRequests }: Config): string[] {
  return [
    '# Teams, where the source does not say where they belong and where they work. A reorganisation is a second entry of',
    '# the team with the day from which it holds: what was before stays as it was.',
    '# teams:',
    '#   - { name: acme/payments, group: Shop, timeZone: Europe/Berlin }',
    '#   - { name: acme/payments, group: Money, timeZone: Europe/Berlin, from: 2026-07-01 }',
    '',
    '# When people work, in the time zone of their team: durations are told in business hours beside the wall clock.',
    '# businessHours:',
    `#   days: [${businessHours.days.join(', ')}]`,
    `#   from: '${businessHours.from}'`,
    `#   to: '${businessHours.to}'`,
    '#   holidays: [2026-12-25]',
    '',
    '# A team with fewer people at the time, and a service that it owns, is shown as (withheld).',
    '# privacy:',
    `#   minimumGroupSize: ${String(privacy.minimumGroupSize)}`,
    '',
    '# What makes a pull request large: lines that somebody wrote, without lockfiles and generated files.',
    '# pullRequests:',
    `#   largeLines: ${String(pullRequests.largeLines)}`,
    '',
    '# Working agreements: which share of the pull requests keeps a limit. A number is in the unit of the metric, 30m, 4h,',
    '# 2d and 1w are by the wall clock, 1bd is a business day. `bellwether explain` lists the metrics.',
    '# agreements:',
    '#   - { name: First review within one business day, metric: time_to_first_review, atMost: 1bd, target: 0.9 }',
    `#   - { name: Pull requests under ${String(pullRequests.largeLines)} lines, metric: pull_request_size, atMost: ${String(pullRequests.largeLines)}, target: 0.8 }`,
    '#   - { name: No work in progress older than 10 days, metric: work_in_progress, atMost: 10d, teams: [acme/payments] }',
    '',
    '# What figures are held against, of everybody or of some teams. Counts are told per week.',
    '# targets:',
    '#   - { metric: change_lead_time, value: 2d }',
    '#   - { metric: change_fail_rate, value: 0.15, teams: [acme/payments] }',
    '',
  ];
}
