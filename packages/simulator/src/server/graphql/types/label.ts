import type { Repository } from '../../../world/model.ts';
import { type Connection, pageOfList, type PageArguments } from '../connection.ts';
import { defineType } from '../define-type.ts';
import type { LabelSource } from '../sources.ts';

export const label = defineType<LabelSource>('Label', {
  id: ({ repository, value }) =>
    `LA_${Buffer.from(`${repository.databaseId}:${value}`).toString('base64url')}`,
  name: ({ value }) => value,
  color: () => 'ededed',
  description: () => null,
  isDefault: () => false,
});

export function pageOfLabels(
  repository: Repository,
  labels: readonly string[],
  page: PageArguments,
): Connection {
  return pageOfList(labels, page, {
    idOf: (name) => name,
    map: (value): LabelSource => ({ typename: 'Label', repository, value }),
  });
}
