/** A service as it may be shown: not by its name where its owners are too few. */
export function shownService(row: { service: string; is_service_withheld: boolean }): string {
  return row.is_service_withheld ? '(withheld)' : row.service;
}
