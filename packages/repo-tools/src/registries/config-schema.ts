import type { GeneratedFile } from './generated-files.ts';

/**
 * The JSON Schema of `bellwether.yaml`, for editors. Core is loaded only here and only now, so that the
 * registries can be written while it does not compile.
 */
export async function configSchemaFiles(): Promise<GeneratedFile[]> {
  const { configJsonSchema } = await import('@bellwether/core');
  return [
    {
      path: 'bellwether.schema.json',
      from: 'the configuration schema of @bellwether/core',
      text: JSON.stringify(configJsonSchema()),
    },
  ];
}
