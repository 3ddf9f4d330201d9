import { usageError } from '@bellwether/core';
import { chooseWindow, compareDefinitions, type RivalSystem } from '@bellwether/metrics';
import type { Session } from '../setup/session.ts';
import { asTyped } from '../terminal/command-name.ts';
import { plainText } from '../terminal/plain-text.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { chooseScope, repositoriesOf, type ScopeNames } from './choose-scope.ts';
import { renderComparison } from './render-comparison.ts';
import { type ReportOptionValues, reportRequest } from './report-options.ts';
import { scopeName } from './scope-name.ts';

/**
 * Prints DORA as another system computes it beside our figures. Several repositories are one project of that system.
 *
 * @throws BellwetherError `definition-scope` for teams and services, which such a project does not know
 */
export async function printComparison(
  session: Session,
  system: RivalSystem,
  options: ReportOptionValues & ScopeNames,
  terminal: Terminal,
): Promise<void> {
  const { warehouse, config } = session;
  const scope = await chooseScope(warehouse, options);
  const repos = await repositoriesOf(warehouse, scope);
  if (repos === null) {
    throw usageError(
      'definition-scope',
      `${system.title} computes DORA for a set of repositories; it knows neither our teams nor our services.`,
      'Use --repo (several times if you like), --organisation, or nothing.',
    );
  }
  const request = reportRequest(options, scope, config, terminal.clock);
  const window = await chooseWindow(warehouse, request);
  const { timeZone } = config;
  const comparisons =
    window === null ? [] : await compareDefinitions(warehouse, system, { repos, ...window, timeZone });
  if (options.json === true) {
    const { id, title, edition, source, limits } = system;
    const result = {
      definition: { id, title, edition, source, limits },
      scope,
      repos,
      timeZone,
      window,
      comparisons,
    };
    await terminal.print(`${JSON.stringify(result, null, 2)}\n`);
    return;
  }
  const lines = renderComparison({ title: scopeName(scope), system, window, timeZone, comparisons, repos });
  await terminal.print(asTyped(`${lines.map(plainText).join('\n')}\n`, terminal.command));
}
