import type { AnnotationKind, MetricId, PanelQuestion } from '@bellwether/metrics';

/** The variables that a dashboard can have; `links` carry those that both ends know. */
export type VariableName =
  | 'group'
  | 'team'
  | 'service'
  | 'repository'
  | 'environment'
  | 'benchmark_year'
  | 'percentile'
  | 'deployment';

/** A question to a metric of the catalogue: a name that is in none does not compile. */
type AskedOf<Question> = Question extends { metric: string }
  ? Omit<Question, 'metric'> & { metric: MetricId }
  : never;
export type Question<Shape extends PanelQuestion['shape']> = AskedOf<
  Extract<PanelQuestion, { shape: Shape }>
>;

interface PanelBase {
  /** Names the panel within its dashboard for good: its id is made from it, and alerts and links know panels by id. */
  readonly key: string;
  /** By default the title of the metric. */
  readonly title?: string;
  /** Of 24. */
  readonly width: number;
  /** In units of 30 pixels. */
  readonly height: number;
  /** Said first in the description, before the definition. */
  readonly about?: string;
  /** The dashboard that a click on a figure or a name leads to. */
  readonly leadsTo?: string;
}

export type PanelSpec = PanelBase &
  (
    | { readonly kind: 'stat'; readonly question: Question<'figure'> }
    /** What is needed to judge a figure: change, target, band, n, coverage, and why it is missing. */
    | { readonly kind: 'evidence'; readonly question: Question<'figure'> }
    | {
        readonly kind: 'trend';
        readonly question: Question<'trend'>;
        readonly draw: 'line' | 'bars';
      }
    | { readonly kind: 'parts'; readonly question: Question<'parts'> }
    | { readonly kind: 'rows'; readonly question: Question<'rows'> }
    | { readonly kind: 'stages'; readonly question: Question<'stages'> }
    | { readonly kind: 'text'; readonly title: string; readonly markdown: string }
  );

export interface RowSpec {
  readonly key: string;
  readonly title: string;
  readonly panels: readonly PanelSpec[];
}

export interface DashboardSpec {
  /** The folder's name; the address in Grafana is `bellwether-<id>`. */
  readonly id: string;
  readonly title: string;
  /** The one question that it answers. */
  readonly question: string;
  /** Who looks at it. */
  readonly audience: string;
  /** How far back it looks at first: `now-90d`. */
  readonly from: string;
  readonly variables: readonly VariableName[];
  readonly annotations: readonly { readonly kind: AnnotationKind; readonly isShown: boolean }[];
  readonly rows: readonly RowSpec[];
}

/** What the configuration says that dashboards show. */
export interface DashboardSettings {
  /** IANA name: weeks begin there. */
  readonly timeZone: string;
  /** Year of DORA's benchmark that is chosen at first. */
  readonly benchmark: string;
  /** ISO code of the currency of costs. */
  readonly currency: string;
  /** Targets of everybody, by metric; of counts per week. */
  readonly targets: Readonly<Record<string, number>>;
  readonly agreements: readonly AgreementSettings[];
}

/** A working agreement as a panel shows it. */
export interface AgreementSettings {
  readonly name: string;
  readonly metric: string;
  /** As written in the configuration: `1bd`. */
  readonly limit: string;
  readonly keeps: { readonly atMost: number; readonly overdueAfter?: number };
  readonly clock: 'wall' | 'business';
  /** The share that is to be kept. */
  readonly target: number;
}

/** A dashboard: what it shows may depend on what is configured. */
export type DashboardDefinition = (settings: DashboardSettings) => DashboardSpec;

/** Keeps the type of a dashboard's folder uniform. */
export function defineDashboard(definition: DashboardDefinition): DashboardDefinition {
  return definition;
}
