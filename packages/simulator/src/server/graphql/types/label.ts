import type { Repository } from '../../../world/model.ts';
import { type Connection, pageOfList, type PageArguments } from '../connection.ts';
import { defineType } from '../define-type.ts';
import { notSimulated } from '../errors.ts';
import type { LabelSource } from '../sources.ts';

export const label = defineType<LabelSource>('Label', {
  id: ({ repository, value }) =>
    `LA_${Buffer.from(`${repository.databaseId}:${value}`).toString('base64url')}`,
  name: ({ value }) => value,
  color: () => 'ededed',
  description: () => null,
  isDefault: () => false,
});

export interface LabelArguments extends PageArguments {
  readonly orderBy?: { readonly field: string; readonly direction: 'ASC' | 'DESC' } | null;
}

/** Labels stand in the order in which they were made, which is GitHub's default. */
export function pageOfLabels(
  repository: Repository,
  labels: readonly string[],
  { orderBy, ...page }: LabelArguments,
): Connection {
  if (orderBy?.field === 'NAME' || orderBy?.direction === 'DESC') throw notSimulated('labels(orderBy:)');
  return pageOfList(labels, page, {
    idOf: (name) => name,
    map: (value): LabelSource => ({ typename: 'Label', repository, value }),
  });
}
