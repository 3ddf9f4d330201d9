import type { Config } from '@bellwether/core';

/**
 * Examples of what `bellwether serve` offers to whom, and when it collects. All of them are commented out: without users
 * it listens to programs of this machine alone.
 */
export function servingLines({ serve }: Config): string[] {
  return [
    '# What `bellwether serve` offers to whom. Without users, programs of this machine may read the metrics; other machines',
    '# only with users. Roles: dashboards, analyst, bot, operator. The variable holds the password; a passwordHash of',
    '# `bellwether serve --hash-password` may stand here instead.',
    '# serve:',
    `#   listen: '${serve.listen}'`,
    '#   users:',
    '#     - { name: grafana, role: dashboards, passwordVariable: GRAFANA_PASSWORD }',
    '#   limits:',
    '#     dashboards: { seconds: 30 }',
    '',
    '# What `bellwether serve` collects, and when: the five parts of crontab, in the time zone above. The source github',
    '# needs `github: { organisations: [...] }`.',
    '# schedules:',
    "#   - { source: git, cron: '*/30 * * * *' }",
    '',
  ];
}
