import { exitCodes, usageError } from '@bellwether/core';
import { categories, explainMetric, findMetric, metrics } from '@bellwether/metrics';
import { commonOptions, defineCommand } from '../command-line/command.ts';
import { describeEntity } from '../explain/describe-entity.ts';
import { findEntity } from '../explain/find-entity.ts';
import { printRows } from '../explain/print-rows.ts';
import { renderCatalogue } from '../explain/render-catalogue.ts';
import { renderExplanation } from '../explain/render-explanation.ts';
import { outdatedError, outdatedGroupSize } from '../report/outdated-group-size.ts';
import { reportOptions, scopeOptions } from '../report/report-options.ts';
import { withSession } from '../setup/session.ts';
import { asTyped } from '../terminal/command-name.ts';
import { plainText } from '../terminal/plain-text.ts';

const { since, until, service, bots, json } = reportOptions;

export const command = defineCommand({
  name: 'explain',
  summary: 'Say in words how a metric or one of its figures came about',
  positionals: [
    { name: 'metric', isRequired: false, summary: 'Such as change_lead_time; without it the list of all' },
  ],
  options: {
    entity: {
      type: 'string',
      value: 'id',
      summary: 'A change (#123, a sha), a deployment (its tag) or an incident (its id)',
    },
    rows: { type: 'boolean', summary: 'The rows behind the figure that report shows, latest first' },
    limit: { type: 'string', value: 'n', summary: 'rows: at most this many; 20 by default' },
    ...scopeOptions,
    service,
    since,
    until,
    bots,
    json: { ...json, summary: 'rows: print figure and rows as JSON' },
    ...commonOptions,
  },
  examples: [
    'bellwether explain',
    'bellwether explain change_lead_time',
    'bellwether explain change_lead_time --rows --team payments --since 90d',
    "bellwether explain --entity '#1508'",
    'bellwether explain change_fail_rate --entity v1.2.3',
  ],
  run: async ({ options, positionals: [id] }, terminal) => {
    const metric = id === undefined ? null : findMetric(id);
    if (options.rows === true) {
      if (metric === null || options.entity !== undefined) {
        throw usageError(
          'usage',
          '--rows needs a metric, and no --entity.',
          'bellwether explain cycle_time --rows',
        );
      }
      return withSession(terminal, { ...options, mustExist: true }, async (session) => {
        // Each row names its team and its service.
        const outdated = await outdatedGroupSize(session);
        if (outdated !== null) throw outdatedError(outdated);
        await printRows(session, metric, options, terminal);
        return exitCodes.ok;
      });
    }
    if (options.entity !== undefined) {
      const name = options.entity;
      if (name.trim() === '') {
        throw usageError(
          'usage',
          '--entity is empty.',
          'Name a change (#123 or a sha), a deployment (its tag) or an incident (its id).',
        );
      }
      return withSession(terminal, { ...options, mustExist: true }, async ({ warehouse }) => {
        const lines = describeEntity(await findEntity(warehouse, name), metric);
        await terminal.print(asTyped(`${lines.map(plainText).join('\n')}\n`, terminal.command));
        return exitCodes.ok;
      });
    }
    const text =
      metric === null
        ? renderCatalogue(metrics, categories)
        : renderExplanation(explainMetric(metric.id), terminal.columns);
    await terminal.print(asTyped(text, terminal.command));
    return exitCodes.ok;
  },
});
