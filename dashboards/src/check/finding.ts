/** Something that is wrong with a dashboard. */
export interface Finding {
  /** What was asked of it: `panel-units`. */
  readonly rule: string;
  readonly dashboard: string;
  /** Title of the panel, name of the variable or annotation; '' for the dashboard itself. */
  readonly where: string;
  readonly message: string;
}

/** One line for a reader: `dora-in-detail, "Deployments": … (panel-units)`. */
export function describeFinding({ rule, dashboard, where, message }: Finding): string {
  return `${dashboard}${where === '' ? '' : `, "${where}"`}: ${message} (${rule})`;
}
