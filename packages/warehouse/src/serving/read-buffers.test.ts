import { describe, expect, it } from 'vitest';
import { ReadBuffers } from './read-buffers.ts';

describe('buffers that are read into', () => {
  it('are used again when they were given back, and only once', () => {
    const buffers = new ReadBuffers();
    const buffer = buffers.take();
    const piece = buffers.lend(buffer, buffer.length);
    expect(buffers.take()).not.toBe(buffer);
    buffers.giveBack(piece);
    buffers.giveBack(piece);
    expect(buffers.take()).toBe(buffer);
    expect(buffers.take()).not.toBe(buffer);
  });

  it('are not kept by a few bytes', () => {
    const buffers = new ReadBuffers();
    const buffer = buffers.take();
    buffer.write('1\n');
    const piece = buffers.lend(buffer, 2);
    expect(buffers.take()).toBe(buffer);
    buffer.fill(0);
    expect(piece.toString()).toBe('1\n');
    buffers.giveBack(piece);
    expect(buffers.take()).not.toBe(buffer);
  });

  it('leave the memory of others alone', () => {
    const buffers = new ReadBuffers();
    const stranger = Buffer.alloc(64 * 1024);
    buffers.giveBack(stranger);
    expect(buffers.take()).not.toBe(stranger);
  });
});
