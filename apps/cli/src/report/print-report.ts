import { resolve } from 'node:path';
import { deriveRules } from '@bellwether/derive';
import { buildReport, type Report, type ReportScope } from '@bellwether/metrics';
import type { Session } from '../setup/session.ts';
import { asTyped, shellWord } from '../terminal/command-name.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { type DataNotes, readDataNotes } from './data-notes.ts';
import { measureConfig, type Promises } from './measure-config.ts';
import { outdatedGroupSize, refuseNarrowScopes } from './outdated-group-size.ts';
import { renderReport } from './render-report.ts';
import { type ReportOptionValues, reportRequest } from './report-options.ts';
import { scopeFlags } from './scope-name.ts';

/**
 * Builds and prints the report of each scope. As JSON: one array, whatever their number.
 *
 * @throws BellwetherError `group-size-outdated` where parts are asked for that may have to be withheld
 */
export async function printReport(
  session: Session,
  scopes: readonly ReportScope[],
  options: ReportOptionValues,
  terminal: Terminal,
): Promise<void> {
  const { warehouse, config } = session;
  const outdated = await outdatedGroupSize(session);
  if (outdated !== null) terminal.talk.warn(outdated);
  refuseNarrowScopes(outdated, scopes);
  const isUndivided = outdated !== null;
  const reports: { report: Report; notes: DataNotes; promises: Promises }[] = [];
  for (const scope of scopes) {
    const request = { ...reportRequest(options, scope, config, terminal.clock), isUndivided };
    const report = await buildReport(warehouse, request);
    reports.push({
      report,
      notes: await readDataNotes(warehouse, report, deriveRules(config), { isNameless: isUndivided }),
      promises: await measureConfig(session, report, request),
    });
  }
  const first = outdated === null ? [] : [outdated];
  for (const warning of new Set(reports.flatMap(({ promises }) => promises.warnings))) {
    terminal.talk.warn(warning);
  }
  if (options.json === true) {
    const all = reports.map(({ report, notes, promises }) => ({
      ...{ ...report, ...promises },
      warnings: [...first, ...promises.warnings],
      notes,
    }));
    await terminal.print(`${JSON.stringify(all, null, 2)}\n`);
    return;
  }
  const texts = reports.map(({ report, notes, promises }) =>
    renderReport(
      report,
      { notes, promises, warnings: [...first, ...promises.warnings] },
      {
        all: options.all === true,
        command: `bellwether report${scopeFlags(report.scope)}${dataFlag(session)}`,
        currency: config.ci.currency,
      },
    ),
  );
  await terminal.print(asTyped(texts.join('\n\n'), terminal.command));
}

/** `--data …`, where it takes that to find this warehouse again. */
export function dataFlag({ target, config, folder, file }: Session): string {
  if (!('path' in target)) return '';
  const configured =
    file !== null && 'path' in config.warehouse ? resolve(folder, config.warehouse.path) : null;
  return target.path === configured ? '' : ` --data ${shellWord(target.path)}`;
}
