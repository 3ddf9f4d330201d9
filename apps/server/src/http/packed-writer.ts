import type { Transform } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { type Coding, createPacker } from './content-coding.ts';
import type { Outgoing } from './outgoing.ts';

/** Where the bytes of a streamed answer go. */
export interface Writer {
  /** @param onGone told when the memory of the bytes is free */
  write(bytes: Uint8Array, onGone?: (bytes: Uint8Array) => void): Promise<void>;
  end(): Promise<void>;
  /** See `Outgoing.breakOff`. */
  breakOff(last: Uint8Array): Promise<void>;
}

/** Packs what is written on its way out, no faster than the client takes it. */
export function packedWriter(outgoing: Outgoing, coding: Coding, level: number): Writer {
  const packer = createPacker(coding, level);
  const sent = (async (): Promise<void> => {
    for await (const piece of packer as AsyncIterable<Buffer>) await outgoing.write(piece);
  })();
  // Whoever writes next hears of it.
  sent.catch(() => undefined);
  const put = (bytes: Uint8Array, onGone?: (bytes: Uint8Array) => void): Promise<void> =>
    Promise.race([
      new Promise<void>((resolve, reject) => {
        packer.write(bytes, (error) => {
          if (error) {
            reject(error);
            return;
          }
          onGone?.(bytes);
          resolve();
        });
      }),
      // Only a failure may come first; a packer that ended has nothing more to write.
      sent.then(() => new Promise<void>(() => undefined)),
    ]);
  const finish = async (): Promise<void> => {
    packer.end();
    await sent;
  };
  return {
    write: put,
    async end() {
      await finish();
      await outgoing.end();
    },
    async breakOff(last) {
      await put(last);
      // The packed stream is whole, so that the message can be read; the chunked body around it is not.
      await finish();
      await outgoing.breakOff(new Uint8Array());
    },
  };
}

/** A short answer at once. */
export async function pack(bytes: Uint8Array, coding: Coding, level: number): Promise<Buffer> {
  const packer: Transform = createPacker(coding, level);
  packer.end(bytes);
  return buffer(packer);
}
