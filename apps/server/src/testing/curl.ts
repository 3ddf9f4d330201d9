import { runProgram } from './run-program.ts';
import type { ServedHttp } from './served-http.ts';

export interface CurlAnswer {
  status: number;
  /** Lower case. */
  headers: Map<string, string>;
  body: Buffer;
  text: string;
}

/** `curl` itself, with the operator's name unless told otherwise. */
export async function curl(
  served: ServedHttp,
  address: string,
  args: readonly string[] = [],
  input?: string | Buffer,
): Promise<CurlAnswer> {
  const { stdout, stderr, code } = await runProgram(
    'curl',
    [
      '-sS',
      '-i',
      '-m',
      '50',
      ...(args.includes('-u') || args.includes('-A') ? [] : ['-u', 'operator:secret']),
      ...args,
      `${served.url}${address}`,
    ],
    input,
  );
  if (code !== 0) throw new Error(`curl ended with ${String(code)}: ${stderr}`);
  let rest = stdout;
  for (;;) {
    const end = rest.indexOf('\r\n\r\n');
    const [first = '', ...lines] = rest.subarray(0, end).toString().split('\r\n');
    rest = rest.subarray(end + 4);
    const status = Number(first.split(' ')[1]);
    if (status === 100) continue;
    const headers = new Map(
      lines.map((line) => {
        const colon = line.indexOf(':');
        return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()] as const;
      }),
    );
    return { status, headers, body: rest, text: rest.toString() };
  }
}
