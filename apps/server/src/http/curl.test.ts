import { describe, expect, it } from 'vitest';
import { type CurlAnswer, curl as ask } from '../testing/curl.ts';
import { hasProgram } from '../testing/run-program.ts';
import { serveHttp } from '../testing/served-http.ts';

const served = serveHttp();
const curlIsHere = await hasProgram('curl');
const curl = (address: string, args?: readonly string[], input?: string | Buffer): Promise<CurlAnswer> =>
  ask(served, address, args, input);
const escape = (sql: string): string => encodeURIComponent(sql);

describe.runIf(curlIsHere)('curl: the health checks', () => {
  it.each(['/', '/ping', '/replicas_status'])('%s answers Ok. without a password', async (path) => {
    const { status, text } = await curl(path, ['-A', 'nobody']);
    expect([status, text]).toEqual([200, 'Ok.\n']);
  });

  it('says what there is where nothing is', async () => {
    const { status, text } = await curl('/nothing');
    expect(status).toBe(404);
    expect(text).toContain('There is no handle /nothing');
  });
});

describe.runIf(curlIsHere)('curl: where the query stands', () => {
  it.each([
    ['in the address', '/?query=SELECT%201', []],
    ['in the address, with plus signs', '/?query=SELECT+1', []],
    ['in the body', '/', ['-d', 'SELECT 1']],
    ['in the body, with an empty query in the address', '/?query=', ['-d', 'SELECT 1']],
    ['in both, put together with a line end', '/?query=SELECT', ['-d', '1']],
  ])('%s', async (_, address, args) => {
    const { status, text } = await curl(address, args);
    expect([status, text]).toEqual([200, '1\n']);
  });

  it('a word cut in two is none, as in ClickHouse', async () => {
    const { status, text, headers } = await curl('/?query=SEL', ['-d', 'ECT 1']);
    expect(status).toBe(400);
    expect(headers.get('x-clickhouse-exception-code')).toBe('62');
    expect(text).toMatch(/^Code: 62\. DB::Exception: Syntax error.* \(SYNTAX_ERROR\) \(version 26\.\S+\)\n$/);
  });

  it.each([['/?query='], ['/?database=metrics']])('nothing at all is an empty query: %s', async (address) => {
    const { status, text } = await curl(address, ['-d', '']);
    expect([status, text.includes('Empty query')]).toEqual([400, true]);
  });

  it('does not take bytes that are no UTF-8 for something else', async () => {
    expect((await curl("/?query=SELECT+'%ff'")).status).toBe(400);
    expect((await curl('/', ['--data-binary', '@-'], Buffer.from("SELECT '\xff'", 'latin1'))).status).toBe(
      400,
    );
  });

  it('GET only reads', async () => {
    const merge = await curl(`/?query=${escape('OPTIMIZE TABLE ops.truncations FINAL')}`);
    expect(merge.headers.get('x-clickhouse-exception-code')).toBe('164');
    expect(merge.text).toContain('method GET implies readonly');
    const insert = await curl(`/?query=${escape("INSERT INTO ops.truncations (repo) VALUES ('r')")}`);
    expect(insert.headers.get('x-clickhouse-exception-code')).toBe('164');
    expect((await curl('/?query=EXISTS+ops.truncations')).text).toBe('1\n');
  });

  it('HEAD has the headers and no body', async () => {
    const { status, headers, body } = await curl('/?query=SELECT+1', ['-I']);
    expect([status, headers.get('x-clickhouse-format'), body.length]).toEqual([200, 'TabSeparated', 0]);
  });
});

describe.runIf(curlIsHere)('curl: formats, databases, values, settings', () => {
  it.each([
    ['default_format=JSONEachRow', [], '{"a":1}\n', 'application/x-ndjson; charset=UTF-8'],
    [
      'default_format=CSV',
      ['-H', 'X-ClickHouse-Format: CSVWithNames'],
      '"a"\n1\n',
      'text/csv; charset=UTF-8; header=present',
    ],
    ['', [], '1\n', 'text/tab-separated-values; charset=UTF-8'],
  ])('format by %s %j', async (parameters, args, body, type) => {
    const answer = await curl(`/?${parameters}`, [...args, '-d', 'SELECT 1 AS a']);
    expect([answer.text, answer.headers.get('content-type')]).toEqual([body, type]);
  });

  it('the statement has the last word about its format', async () => {
    const answer = await curl('/?default_format=CSV', ['-d', 'SELECT 1 AS a FORMAT JSONEachRow']);
    expect([answer.text, answer.headers.get('x-clickhouse-format')]).toEqual(['{"a":1}\n', 'JSONEachRow']);
  });

  it('an unknown format is refused as one', async () => {
    expect(
      (await curl('/?default_format=Nonsense', ['-d', 'SELECT 1'])).headers.get(
        'x-clickhouse-exception-code',
      ),
    ).toBe('73');
  });

  it.each([
    ['/?database=ops', []],
    ['/?database=domain', ['-H', 'X-ClickHouse-Database: ops']],
  ])('database by %s %j', async (address, args) => {
    const { status, text } = await curl(address, [...args, '-d', 'SELECT count() FROM cursors']);
    expect([status, text]).toEqual([200, '0\n']);
  });

  it.each([
    ['param_id=2', '{id:UInt8}', '2'],
    ["param_s=it's", '{s:String}', "it\\'s"],
    ['param_s=a%5Ctb%5Cnc%5C%5Cd', '{s:String}', 'a\\tb\\nc\\\\d'],
    [`param_list=${escape("['a','b']")}`, '{list:Array(String)}', "['a','b']"],
    ['param_none=%5CN', '{none:Nullable(String)} IS NULL', '1'],
    ['param_day=2024-02-29', '{day:Date} + 1', '2024-03-01'],
  ])('values: %s', async (parameter, expression, result) => {
    const { status, text } = await curl(`/?${parameter}`, ['-d', `SELECT ${expression}`]);
    expect([status, text]).toEqual([200, `${result}\n`]);
  });

  it('a value that is missing is said to be', async () => {
    expect((await curl('/', ['-d', 'SELECT {x:UInt8}'])).headers.get('x-clickhouse-exception-code')).toBe(
      '456',
    );
  });

  it('other parameters are settings: harmless ones work, others are refused', async () => {
    const one = await curl('/?output_format_json_quote_64bit_integers=1&default_format=JSONEachRow', [
      '-d',
      'SELECT toUInt64(1) AS n',
    ]);
    expect(one.text).toBe('{"n":"1"}\n');
    const limit = await curl('/?limit=2', ['-d', 'SELECT number FROM numbers(5)']);
    expect(limit.text).toBe('0\n1\n');
    const zone = await curl('/?session_timezone=Asia/Tokyo', [
      '-d',
      "SELECT toString(toDateTime('2024-01-01 00:00:00', 'UTC'), timezone())",
    ]);
    expect(zone.headers.get('x-clickhouse-timezone')).toBe('Asia/Tokyo');
    expect((await curl('/?format_schema=/etc/passwd', ['-d', 'SELECT 1'])).status).toBeGreaterThanOrEqual(
      400,
    );
    expect((await curl('/?readonly=0', ['-d', 'SELECT 1'])).headers.get('x-clickhouse-exception-code')).toBe(
      '164',
    );
  });

  it.each([
    ['session_id=s', /Sessions are not supported/],
    ['role=admin', /Roles cannot be chosen/],
    ['profile=big', /Profiles/],
    ['decompress=1', /block compression/],
  ])('what is not done here says so: %s', async (parameter, words) => {
    const { status, text, headers } = await curl(`/?${parameter}`, ['-d', 'SELECT 1']);
    expect([status, headers.get('x-clickhouse-exception-code')]).toEqual([501, '48']);
    expect(text).toMatch(words);
    expect(text).toContain('(NOT_IMPLEMENTED)');
  });

  it('external tables are not done here either', async () => {
    const { status } = await curl('/?query=SELECT+1', ['-F', 'x=1']);
    expect(status).toBe(501);
  });

  it('takes the words of the HTTP interface that change nothing', async () => {
    const words =
      'quota_key=q&stacktrace=1&session_timeout=60&close_session=1&add_http_cors_header=1&http_write_exception_in_output_format=0&cancel_http_readonly_queries_on_client_close=1';
    const { status, text, headers } = await curl(`/?${words}`, [
      '-H',
      'Origin: http://elsewhere',
      '-d',
      'SELECT 1',
    ]);
    expect([status, text, headers.has('access-control-allow-origin')]).toEqual([200, '1\n', false]);
  });

  it.each([
    ['wait_end_of_query=maybe', '467'],
    ['buffer_size=-1', '72'],
    ['client_protocol_version=x', '72'],
  ])('a word of the interface with nonsense behind it: %s', async (parameter, code) => {
    const { status, headers } = await curl(`/?${parameter}`, ['-d', 'SELECT 1']);
    expect([status, headers.get('x-clickhouse-exception-code')]).toEqual([400, code]);
  });
});

describe.runIf(curlIsHere)('curl: who asks', () => {
  it.each([
    ['basic authentication', '/', ['-u', 'reader:secret']],
    ['headers', '/', ['-A', 'x', '-H', 'X-ClickHouse-User: reader', '-H', 'X-ClickHouse-Key: secret']],
    ['the address', '/?user=reader&password=secret', ['-A', 'x']],
  ])('by %s', async (_, address, args) => {
    const { status, text } = await curl(address, [...args, '-d', 'SELECT 1']);
    expect([status, text]).toEqual([200, '1\n']);
  });

  it.each([
    ['nobody', '/', ['-A', 'x'], 401, '194'],
    ['a wrong password', '/', ['-u', 'reader:guess'], 403, '516'],
    ['two ways at once', '/?user=reader&password=secret', ['-u', 'reader:secret'], 403, '516'],
    ['a key without a name', '/', ['-A', 'x', '-H', 'X-ClickHouse-Key: secret'], 403, '516'],
    ['a token', '/', ['-A', 'x', '-H', 'Authorization: Bearer abcdef'], 403, '516'],
  ])('%s is turned away', async (_, address, args, status, code) => {
    const answer = await curl(address, [...args, '-d', 'SELECT 1']);
    expect([answer.status, answer.headers.get('x-clickhouse-exception-code')]).toEqual([status, code]);
    expect(answer.text).not.toMatch(/secret|guess|abcdef/);
    expect(answer.headers.get('www-authenticate')).toBe(
      status === 401 ? 'Basic realm="ClickHouse server HTTP API"' : undefined,
    );
  });

  it('no record holds a password or a value', async () => {
    await curl('/?user=reader&password=secret&param_s=hush', ['-A', 'x', '-d', 'SELECT {s:String}']);
    const { statement, ...rest } = served.records.at(-1)!;
    expect(statement).toBe('SELECT {s:String}');
    expect(JSON.stringify(rest)).not.toMatch(/secret|hush/);
  });
});
