import { WITHHELD } from '@bellwether/core';

/** A service as it may be shown: not by its name where its owners are too few. */
export function shownService(row: { service: string; is_service_withheld: boolean }): string {
  return row.is_service_withheld ? WITHHELD : row.service;
}

/** Its environment: the name can hold that of the service, so its kind stands for it. */
export function shownEnvironment(row: {
  environment: string;
  environment_kind: string;
  is_service_withheld: boolean;
}): string {
  return row.is_service_withheld ? row.environment_kind : row.environment;
}
