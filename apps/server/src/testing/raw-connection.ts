import { connect, type Socket } from 'node:net';

/** A connection without any idea of HTTP. */
export class RawConnection {
  readonly socket: Socket;
  received: Buffer = Buffer.alloc(0);
  isClosed = false;
  readonly #changed = new Set<() => void>();

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.on('data', (piece: Buffer) => {
      this.received = Buffer.concat([this.received, piece]);
      this.#tell();
    });
    // How it ended is seen by what was received before.
    socket.on('error', () => undefined);
    socket.once('close', () => {
      this.isClosed = true;
      this.#tell();
    });
  }

  static open(port: number): Promise<RawConnection> {
    return new Promise((resolve, reject) => {
      const socket = connect(port, '127.0.0.1');
      socket.once('error', reject);
      socket.once('connect', () => {
        socket.off('error', reject);
        resolve(new RawConnection(socket));
      });
    });
  }

  get text(): string {
    return this.received.toString('latin1');
  }

  /** Waits until what was received satisfies, or the other side has closed. */
  async until(isEnough: (text: string) => boolean): Promise<string> {
    while (!isEnough(this.text) && !this.isClosed) {
      await new Promise<void>((resolve) => {
        const wake = (): void => {
          this.#changed.delete(wake);
          resolve();
        };
        this.#changed.add(wake);
      });
    }
    return this.text;
  }

  async closed(): Promise<string> {
    return this.until(() => false);
  }

  #tell(): void {
    for (const wake of this.#changed) wake();
  }
}
