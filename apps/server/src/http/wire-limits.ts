/** What one connection may cost, whoever is behind it. */
export interface WireLimits {
  /** Of the request line and the headers together. */
  headerBytes: number;
  /** From the beginning of a connection or a request until its headers are complete. */
  headerSeconds: number;
  /** Between two requests of a connection. */
  idleSeconds: number;
  /** Between two pieces of a body. */
  bodyIdleSeconds: number;
  /** For a reader that takes nothing of its answer. */
  readerIdleSeconds: number;
  /** At once. What comes beyond is closed unheard. */
  connections: number;
  /** Requests that a connection may send ahead of their answers. */
  pipelined: number;
  /** Of a statement's text. */
  statementBytes: number;
  /** So much of an answer is held back at first: what fails until then has its own status, and its length is known. */
  heldBytes: number;
  /** So much of a refused body is still read, so that its sender sees the refusal and not a broken connection. */
  lingerBytes: number;
}

const MIB = 1024 * 1024;

export const DEFAULT_WIRE_LIMITS: WireLimits = {
  headerBytes: MIB,
  headerSeconds: 10,
  idleSeconds: 30,
  bodyIdleSeconds: 30,
  readerIdleSeconds: 60,
  connections: 1_000,
  pipelined: 16,
  statementBytes: MIB,
  heldBytes: MIB,
  lingerBytes: 16 * MIB,
};
