import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkNode, supportedNode } from './check-machine.ts';

describe('checkNode', () => {
  it.each(['v20.19.0', 'v20.20.2', 'v22.13.0', 'v22.30.1', 'v24.0.0', 'v26.1.0'])('accepts %s', (version) => {
    expect(checkNode(version).status).toBe('ok');
  });

  it.each(['v18.20.0', 'v20.18.9', 'v21.7.0', 'v22.12.0', 'v23.11.0'])(
    'refuses %s, and names what is needed',
    (version) => {
      expect(checkNode(version)).toMatchObject({
        status: 'failed',
        next: expect.stringContaining('20.19') as string,
      });
    },
  );

  it('says the same as package.json', () => {
    const manifest = readFileSync(new URL('../../../../package.json', import.meta.url), 'utf8');
    expect((JSON.parse(manifest) as { engines: { node: string } }).engines.node).toBe(supportedNode);
  });
});
