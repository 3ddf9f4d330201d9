import { describe, expect, it } from 'vitest';
import { addressOwner, isLoopback, parseListen } from './client-address.ts';

describe('isLoopback', () => {
  it.each(['127.0.0.1', '127.8.9.1', '::1', '[::1]', 'localhost', '::ffff:127.0.0.1'])(
    'takes %s',
    (address) => {
      expect(isLoopback(address)).toBe(true);
    },
  );

  it.each([
    '0.0.0.0',
    '::',
    '10.0.0.1',
    '127.0.0.1.example.com',
    '1270.0.0.1',
    '127.evil',
    'localhost.evil',
    '',
  ])('refuses %s', (address) => {
    expect(isLoopback(address)).toBe(false);
  });
});

describe('addressOwner', () => {
  it('counts a whole network of IPv6 as one, however it is written', () => {
    expect(addressOwner('2001:db8:0:1::7')).toBe(addressOwner('2001:0db8:0:1:ffff::9'));
    expect(addressOwner('2001:db8:0:1::7')).not.toBe(addressOwner('2001:db8:0:2::7'));
  });

  it('takes an IPv4 address as it is, also where the system wrapped it', () => {
    expect(addressOwner('::ffff:10.1.2.3')).toBe('10.1.2.3');
  });
});

describe('parseListen', () => {
  it.each([
    ['127.0.0.1:8123', { host: '127.0.0.1', port: 8123 }],
    ['[::1]:0', { host: '::1', port: 0 }],
    ['0.0.0.0:65536', null],
    ['8123', null],
    ['a b:1', null],
  ])('reads %s', (text, expected) => {
    expect(parseListen(text)).toEqual(expected);
  });
});
