import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { importKinds } from './import-kinds.ts';
import { importJsonSchema, importReference } from './reference.ts';

const page = readFileSync(new URL('../../../../docs/how-to/import.md', import.meta.url), 'utf8');

it.each(Object.values(importKinds))('documents every field of $name as it is', (kind) => {
  expect(page).toContain(importReference(kind));
  // Spaces are the formatter's.
  expect(page.replace(/\s/g, '')).toContain(JSON.stringify(kind.example).replace(/\s/g, ''));
});

it('describes a line as JSON Schema, with its words and defaults', () => {
  expect(importJsonSchema(importKinds.deployments)).toMatchObject({
    title: 'One line of bellwether import deployments',
    additionalProperties: false,
    required: ['id'],
    properties: {
      status: { enum: ['success', 'failure', 'in_progress', 'cancelled', 'unknown'], default: 'success' },
    },
  });
});
