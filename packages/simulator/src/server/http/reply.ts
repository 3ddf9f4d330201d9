/** What is sent back; faults change it before it leaves. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Empty for 204 and 304. */
  readonly body: string;
  /** Wait so long before answering. */
  readonly delayMs?: number;
  /** The socket is destroyed after so many bytes of the body; 0 sends no head either. */
  readonly dropAfterBytes?: number;
  /** Seconds that the server's clock is off, in every header that tells a time. */
  readonly skewSeconds?: number;
}

export function jsonReply(
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Reply {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    body: JSON.stringify(body),
  };
}

/** GitHub's shape for everything that went wrong outside of GraphQL. */
export function messageReply(
  status: number,
  message: string,
  headers: Readonly<Record<string, string>> = {},
  documentation = 'https://docs.github.com/rest',
): Reply {
  return jsonReply(status, { message, documentation_url: documentation, status: String(status) }, headers);
}
