import { exitCodes } from '@bellwether/core';
import { explainMetric, findMetric } from '@bellwether/metrics';
import { commonOptions, defineCommand } from '../command-line/command.ts';
import { describeChange } from '../explain/describe-change.ts';
import { describeDeployment } from '../explain/describe-deployment.ts';
import { findEntity } from '../explain/find-entity.ts';
import { renderExplanation } from '../explain/render-explanation.ts';
import { withSession } from '../setup/session.ts';
import { asTyped } from '../terminal/command-name.ts';
import { plainText } from '../terminal/plain-text.ts';

/** Metrics whose rows are changes; the rows of all others are deployments. */
function isOfChanges(id: string): boolean {
  return findMetric(id).drillDown[0] === 'change_id';
}

export const command = defineCommand({
  name: 'explain',
  summary: 'Say in words how a metric or one of its figures came about',
  positionals: [{ name: 'metric', isRequired: true, summary: 'Such as change_lead_time' }],
  options: {
    entity: { type: 'string', value: 'id', summary: 'A change (#123, a sha) or a deployment (its tag)' },
    ...commonOptions,
  },
  examples: [
    'bellwether explain change_lead_time',
    "bellwether explain change_lead_time --entity '#1508'",
    'bellwether explain change_fail_rate --entity v1.2.3',
  ],
  run: async ({ options, positionals: [id = ''] }, terminal) => {
    const { id: metric } = findMetric(id);
    if (options.entity === undefined) {
      const text = renderExplanation(explainMetric(metric), terminal.columns);
      await terminal.print(asTyped(text, terminal.command));
      return exitCodes.ok;
    }
    const name = options.entity;
    return withSession(terminal, { ...options, mustExist: true }, async ({ warehouse }) => {
      const entity = await findEntity(warehouse, name);
      const lines =
        entity.kind === 'deployment'
          ? describeDeployment(entity.outcome, entity.brought, entity.rulings)
          : [
              ...describeChange(entity.change, entity.deployments),
              // A metric of deployments speaks of those that carried the change.
              ...(isOfChanges(metric)
                ? []
                : entity.outcomes.flatMap((each) => ['', ...describeDeployment(each, [])])),
            ];
      await terminal.print(`${lines.map(plainText).join('\n')}\n`);
      return exitCodes.ok;
    });
  },
});
