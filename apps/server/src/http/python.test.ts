import { expect, it } from 'vitest';
import { hasProgram, runProgram } from '../testing/run-program.ts';
import { serveHttp } from '../testing/served-http.ts';

const served = serveHttp();

/** What an analyst writes who has nothing but the standard library. */
const SCRIPT = `
import base64, gzip, json, sys, urllib.error, urllib.parse, urllib.request

url = sys.argv[1]
login = {'Authorization': 'Basic ' + base64.b64encode(b'operator:secret').decode()}

def ask(sql, parameters={}, headers={}, data=None):
    query = dict(parameters)
    if data is not None:
        query['query'] = sql
    request = urllib.request.Request(
        url + '/?' + urllib.parse.urlencode(query),
        data=sql.encode() if data is None else data,
        headers={**login, **headers},
    )
    return urllib.request.urlopen(request)

out = {}
out['ping'] = urllib.request.urlopen(url + '/ping').read().decode()
out['rows'] = [json.loads(line) for line in ask('SELECT number AS n FROM numbers(3) FORMAT JSONEachRow')]
out['bound'] = ask('SELECT {name:String}, {n:UInt8} + 1', {'param_name': 'Zoë & co', 'param_n': 4}).read().decode()
packed = ask('SELECT number FROM numbers(100000)', {}, {'Accept-Encoding': 'gzip'})
out['packed'] = len(gzip.decompress(packed.read()).split())
rows = ''.join(json.dumps({'repo': 'python', 'entity': str(n)}) + '\\n' for n in range(1000))
ask('INSERT INTO ops.truncations (repo, entity) FORMAT JSONEachRow', {}, {'Content-Encoding': 'gzip'}, gzip.compress(rows.encode())).read()
out['stored'] = ask("SELECT count() FROM ops.truncations WHERE repo = 'python'").read().decode()
try:
    ask('SELEC 1')
except urllib.error.HTTPError as error:
    out['error'] = [error.code, error.headers['X-ClickHouse-Exception-Code'], error.read().decode()[:24]]
try:
    login = {'Authorization': 'Basic ' + base64.b64encode(b'operator:wrong').decode()}
    ask('SELECT 1')
except urllib.error.HTTPError as error:
    out['wrong'] = error.code
print(json.dumps(out))
`;

it.runIf(await hasProgram('python3'))('python3 with nothing but urllib', async () => {
  const { code, stdout, stderr } = await runProgram('python3', ['-', served.url], SCRIPT);
  expect([code, stderr]).toEqual([0, '']);
  expect(JSON.parse(stdout.toString())).toEqual({
    ping: 'Ok.\n',
    rows: [{ n: 0 }, { n: 1 }, { n: 2 }],
    bound: 'Zoë & co\t5\n',
    packed: 100_000,
    stored: '1000\n',
    error: [400, '62', 'Code: 62. DB::Exception:'],
    wrong: 403,
  });
});
