import { describe, expect, it } from 'vitest';
import { planMoves } from './moves.ts';

const names = (entries: Record<string, string>): Map<string, string> => new Map(Object.entries(entries));

describe('planMoves', () => {
  it('moves what has another name now, and nothing else', () => {
    const known = names({ 'h:1': 'h/acme/app', 'h:2': 'h/acme/web' });
    const listed = names({ 'h:1': 'h/acme/application', 'h:2': 'h/acme/web', 'h:3': 'h/acme/new' });
    expect(planMoves(known, listed)).toEqual([{ id: 'h:1', from: 'h/acme/app', to: 'h/acme/application' }]);
  });

  it('frees a name before another one takes it', () => {
    const known = names({ 'h:1': 'h/acme/a', 'h:2': 'h/acme/b', 'h:3': 'h/acme/c' });
    const listed = names({ 'h:1': 'h/acme/b', 'h:2': 'h/acme/c', 'h:3': 'h/acme/d' });
    expect(planMoves(known, listed).map(({ to }) => to)).toEqual(['h/acme/d', 'h/acme/c', 'h/acme/b']);
  });

  it('swaps two names through a third', () => {
    const known = names({ 'h:1': 'h/acme/a', 'h:2': 'h/acme/b' });
    const listed = names({ 'h:1': 'h/acme/b', 'h:2': 'h/acme/a' });
    expect(planMoves(known, listed)).toEqual([
      { id: 'h:1', from: 'h/acme/a', to: 'h/acme/a~1' },
      { id: 'h:2', from: 'h/acme/b', to: 'h/acme/a' },
      { id: 'h:1', from: 'h/acme/a~1', to: 'h/acme/b' },
    ]);
  });

  it('goes on with a swap that was cut short after its first step', () => {
    const known = names({ 'h:1': 'h/acme/a~1', 'h:2': 'h/acme/b' });
    const listed = names({ 'h:1': 'h/acme/b', 'h:2': 'h/acme/a' });
    expect(planMoves(known, listed).map(({ from, to }) => [from, to])).toEqual([
      ['h/acme/b', 'h/acme/a'],
      ['h/acme/a~1', 'h/acme/b'],
    ]);
  });

  it('turns three names round', () => {
    const known = names({ 'h:1': 'h/acme/a', 'h:2': 'h/acme/b', 'h:3': 'h/acme/c' });
    const listed = names({ 'h:1': 'h/acme/b', 'h:2': 'h/acme/c', 'h:3': 'h/acme/a' });
    const held = new Map(known);
    for (const { id, from, to } of planMoves(known, listed)) {
      expect(held.get(id)).toBe(from);
      expect([...held.values()]).not.toContain(to);
      held.set(id, to);
    }
    expect(held).toEqual(listed);
  });

  it('puts aside what is no longer listed when its name is another one’s', () => {
    const known = names({ 'h:old': 'h/acme/app' });
    const listed = names({ 'h:new': 'h/acme/app' });
    expect(planMoves(known, listed)).toEqual([{ id: 'h:old', from: 'h/acme/app', to: 'h/acme/app~old' }]);
  });

  it('leaves alone what is no longer listed and keeps its name', () => {
    expect(planMoves(names({ 'h:1': 'h/acme/app' }), names({}))).toEqual([]);
  });
});
