import { exitCodes } from '@bellwether/core';
import { previewDeployments } from '@bellwether/sources';
import { commonOptions, defineCommand } from '../command-line/command.ts';
import { oneOf } from '../command-line/parse.ts';
import { previewText } from '../deployments/render-preview.ts';
import { findSamples } from '../deployments/samples.ts';
import { loadConfig } from '../setup/config-file.ts';

export const command = defineCommand({
  name: 'deployments',
  summary: 'Show what the patterns for deployments match, before anything is stored',
  positionals: [{ name: 'what', isRequired: true, summary: 'preview' }],
  options: {
    repo: {
      type: 'string',
      value: 'owner/name',
      multiple: true,
      summary: 'Only this repository; GitHub is asked where it was not collected',
    },
    live: { type: 'boolean', summary: 'Ask GitHub although it was collected' },
    source: { type: 'string', value: 'name', summary: 'github' },
    json: { type: 'boolean', summary: 'Print the preview as JSON' },
    ...commonOptions,
  },
  examples: [
    'bellwether deployments preview',
    'bellwether deployments preview --repo acme/shop --live',
    'bellwether deployments preview --config draft.yaml',
  ],
  run: async ({ options, positionals: [what = ''] }, terminal) => {
    oneOf('<what>', what, ['preview']);
    oneOf('--source', options.source ?? 'github', ['github']);
    const loaded = loadConfig(terminal.cwd, options.config);
    const { samples, live } = await findSamples(loaded, options, terminal);
    const preview = previewDeployments(samples, loaded.config);
    if (live.length > 0) {
      terminal.talk.info(`Looked at the newest hundred of each kind at GitHub: ${live.join(', ')}`);
    }
    await terminal.print(
      options.json === true ? `${JSON.stringify(preview, null, 2)}\n` : previewText(preview),
    );
    return exitCodes.ok;
  },
});
