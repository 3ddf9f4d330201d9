import { isIPv4, isIPv6 } from 'node:net';
import { networkInterfaces } from 'node:os';

/** Whether only programs of this machine can have sent from, or reach, an address. */
export function isLoopback(address: string): boolean {
  const plain = plainAddress(address);
  return plain === 'localhost' || plain === '::1' || (isIPv4(plain) && plain.startsWith('127.'));
}

/** Also under the address of its network card, where a server listens on that alone. */
export function isOfThisMachine(address: string): boolean {
  const plain = plainAddress(address);
  if (isLoopback(plain)) return true;
  return Object.values(networkInterfaces()).some((own) => own?.some((each) => each.address === plain));
}

/** Without brackets, and an IPv4 address as such where the system wrapped it into IPv6. */
function plainAddress(address: string): string {
  const bare = address.startsWith('[') ? address.slice(1, -1) : address;
  const wrapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(bare)?.[1];
  return (wrapped ?? bare).toLowerCase();
}

/** Who an address belongs to, for counting: of IPv6 everybody has a whole /64 network. */
export function addressOwner(address: string): string {
  const plain = plainAddress(address);
  if (!isIPv6(plain)) return plain;
  const [head = '', tail] = plain.split('%')[0]!.split('::');
  const front = groups(head);
  const back = tail === undefined ? [] : groups(tail);
  const gap = tail === undefined ? 0 : 8 - front.length - back.length;
  return [...front, ...Array<string>(Math.max(0, gap)).fill('0'), ...back]
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':');
}

function groups(text: string): string[] {
  return text === '' ? [] : text.split(':');
}

/** `127.0.0.1:8123`, `[::1]:8123`, as the configuration has it. */
export function parseListen(listen: string): { host: string; port: number } | null {
  const found = /^(\[[0-9a-fA-F:.]+\]|[\w.-]+):(\d{1,5})$/.exec(listen);
  const [, host, digits] = found ?? [];
  const port = Number(digits);
  return host === undefined || port > 65_535 ? null : { host: plainAddress(host), port };
}
