import type { EnvironmentKind } from './environment-kind.ts';

/** What the name of an environment at GitHub says. */
export interface EnvironmentName {
  /** Null where the template has no {service}. */
  readonly service: string | null;
  readonly environment: string;
  readonly kind: EnvironmentKind;
}

export interface NameReading {
  /** `{service}-{environment}` and the like, of `deployments.names`. */
  readonly templates: readonly string[];
  readonly kindOf: (environment: string) => EnvironmentKind;
  /** Whether the catalogue knows a service of this repository by this name. */
  readonly isService: (name: string) => boolean;
}

/**
 * Takes the name of an environment apart by the first template that fits; one that fits none is an environment as a
 * whole.
 *
 * Where the name can be cut in several places, the catalogue decides; else the environment is the shortest end that is
 * of the same kind as the whole: `api-gateway-production` is `production` of `api-gateway`, and `api-pre-prod` is
 * `pre-prod` of `api`, because `prod` alone would be production. A template under which the kind would be lost does not
 * fit: `production-eu` is no environment `eu` of a service `production`.
 */
export function readEnvironmentName(name: string, reading: NameReading): EnvironmentName {
  for (const template of reading.templates) {
    const cut = chosenCut(cutsOf(name, template), name, reading);
    if (cut) return { ...cut, kind: reading.kindOf(cut.environment) };
  }
  return { service: null, environment: name, kind: reading.kindOf(name) };
}

interface Cut {
  readonly service: string | null;
  readonly environment: string;
}

/** Every way in which a template fits, the shortest service first. A template and no expression: nothing backtracks. */
function cutsOf(name: string, template: string): Cut[] {
  const parts = template.split(/(\{service\}|\{environment\})/);
  const [before = '', first = '', between = '', second, after = ''] = parts;
  if (!name.startsWith(before)) return [];
  if (second === undefined) {
    if (!name.endsWith(between) || name.length <= before.length + between.length) return [];
    return [{ service: null, environment: name.slice(before.length, name.length - between.length) }];
  }
  if (!name.endsWith(after)) return [];
  const inner = name.slice(before.length, name.length - after.length);
  const cuts: Cut[] = [];
  for (let at = inner.indexOf(between, 1); at !== -1; at = inner.indexOf(between, at + 1)) {
    const [one, other] = [inner.slice(0, at), inner.slice(at + between.length)];
    if (other === '') break;
    cuts.push(
      first === '{service}' ? { service: one, environment: other } : { service: other, environment: one },
    );
  }
  return first === '{service}' ? cuts : cuts.reverse();
}

function chosenCut(cuts: readonly Cut[], name: string, { kindOf, isService }: NameReading): Cut | undefined {
  const known = cuts.filter(({ service }) => service !== null && isService(service)).at(-1);
  if (known) return known;
  const kind = kindOf(name);
  if (kind === 'other') return cuts[0];
  return cuts.filter(({ environment }) => kindOf(environment) === kind).at(-1);
}
