import { Kind, type ValueNode } from 'graphql';
import { jsonReply, messageReply, type Reply } from '../http/reply.ts';
import type { Fault, Target } from './fault.ts';

/**
 * What exists is NOT_FOUND once: a replica that lags behind. Never twice in a row for the same thing, so that asking
 * again tells it from a deletion.
 */
export const flappingNotFound: Fault = {
  name: 'flappingNotFound',
  change(reply, target) {
    if (reply.status !== 200) return null;
    return target.query === null ? flapRest(target) : flapGraphql(reply, target);
  },
};

function flapRest(target: Target): Reply | null {
  const [, owner, name] = /^\/api\/v3\/repos\/([^/]+)\/([^/]+)/.exec(target.request.path) ?? [];
  if (owner === undefined || name === undefined) return null;
  return isSpared(target, `${owner}/${name}`) ? null : messageReply(404, 'Not Found');
}

interface Body {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly unknown[];
}

/** The repository that the query is about; else one of the nodes that it asks for. */
function flapGraphql(reply: Reply, target: Target): Reply | null {
  const { data, errors = [] } = JSON.parse(reply.body) as Body;
  const without = (
    path: readonly (string | number)[],
    left: Readonly<Record<string, unknown>>,
    what: string,
  ): Reply => {
    const error = { type: 'NOT_FOUND', path, message: `Could not resolve to a ${what}.` };
    return jsonReply(200, { data: { ...data, ...left }, errors: [...errors, error] });
  };
  const repository = data?.['repository'];
  if (repository != null) {
    if (isSpared(target, repositoryName(target))) return null;
    return without(['repository'], { repository: null }, 'Repository with the name that was asked for');
  }
  const nodes = data?.['nodes'];
  if (!Array.isArray(nodes) || nodes.length === 0) return null;
  const index = target.random.integer(0, nodes.length - 1);
  const id = String((target.query?.variables['ids'] as unknown[] | undefined)?.[index]);
  if (nodes[index] === null || isSpared(target, id)) return null;
  const left = nodes.map((node: unknown, at) => (at === index ? null : node));
  return without(['nodes', index], { nodes: left }, `node with the global id of '${id}'`);
}

function isSpared({ memory }: Target, key: string): boolean {
  if (memory.delete(key)) return true;
  memory.add(key);
  return false;
}

/** `<owner>/<name>` as asked for, in variables or in the query itself. */
function repositoryName({ query }: Target): string {
  if (query === null) return '';
  const field = query.operation.selectionSet.selections.find(
    (selection) => selection.kind === Kind.FIELD && selection.name.value === 'repository',
  );
  const given = field?.kind === Kind.FIELD ? (field.arguments ?? []) : [];
  return given
    .filter(({ name }) => name.value === 'owner' || name.value === 'name')
    .toSorted((a, b) => (a.name.value > b.name.value ? -1 : 1))
    .map(({ value }) => textOf(value, query.variables))
    .join('/');
}

function textOf(value: ValueNode, variables: Readonly<Record<string, unknown>>): string {
  if (value.kind === Kind.VARIABLE) return String(variables[value.name.value]);
  return value.kind === Kind.STRING ? value.value : '';
}
