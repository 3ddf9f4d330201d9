import type { Warehouse } from '@bellwether/warehouse';

const writing = new Set<keyof Warehouse>(['replaceByDifference', 'replaceByQuery', 'insert']);

/** A warehouse whose plug is pulled instead of its nth write, and which works again through the one behind it. */
export function brokenAtWrite(warehouse: Warehouse, nth: number): Warehouse {
  let writes = 0;
  return new Proxy(warehouse, {
    get: (target, name: keyof Warehouse) => {
      const member = target[name];
      if (typeof member !== 'function') return member;
      if (!writing.has(name)) return member.bind(target);
      return (...args: unknown[]) => {
        writes += 1;
        if (writes === nth) throw new Error('the plug was pulled');
        return (member as (...all: unknown[]) => unknown).apply(target, args);
      };
    },
  });
}
