/* eslint-disable @typescript-eslint/no-deprecated -- The SDK prefers the second model, and Grafana 13.0 refuses that one in
   provisioned files: the classic model is the one that every version reads from a file. */
import { type Dashboard, DashboardBuilder } from '@grafana/grafana-foundation-sdk/dashboard';

/** A dashboard in the classic model. */
export type ClassicDashboard = Dashboard;

export function classicBuilder(title: string): DashboardBuilder {
  return new DashboardBuilder(title);
}
