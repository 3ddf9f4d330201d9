import { resolve } from 'node:path';
import { deriveRules } from '@bellwether/derive';
import { buildReport, type Report, type ReportScope } from '@bellwether/metrics';
import type { Session } from '../setup/session.ts';
import { asTyped, shellWord } from '../terminal/command-name.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { type DataNotes, readDataNotes } from './data-notes.ts';
import { measureConfig, type Promises } from './measure-config.ts';
import { renderReport } from './render-report.ts';
import { type ReportOptionValues, reportRequest } from './report-options.ts';
import { scopeFlags } from './scope-name.ts';

/** Builds and prints the report of each scope. As JSON: one array, whatever their number. */
export async function printReport(
  session: Session,
  scopes: readonly ReportScope[],
  options: ReportOptionValues,
  terminal: Terminal,
): Promise<void> {
  const { warehouse, config } = session;
  const reports: { report: Report; notes: DataNotes; promises: Promises }[] = [];
  for (const scope of scopes) {
    const request = reportRequest(options, scope, config, terminal.clock);
    const report = await buildReport(warehouse, request);
    reports.push({
      report,
      notes: await readDataNotes(warehouse, report, deriveRules(config)),
      promises: await measureConfig(session, report, request.bots),
    });
  }
  if (options.json === true) {
    const all = reports.map(({ report, notes, promises }) => ({ ...report, ...promises, notes }));
    await terminal.print(`${JSON.stringify(all, null, 2)}\n`);
    return;
  }
  const texts = reports.map(({ report, notes, promises }) =>
    renderReport(
      report,
      { notes, promises },
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
