import { builds, type BuildRow, openWarehouse } from '@bellwether/warehouse';

/** `write-run.ts <folder> <seconds>`: stores builds as a collector does, batch after batch. Prints rows per second. */
const [folder = '', seconds = ''] = process.argv.slice(2);
const BATCH = 10_000;
const warehouse = await openWarehouse({ path: folder });
try {
  const started = performance.now();
  let rows = 0;
  for (let batch = 0; performance.now() - started < Number(seconds) * 1000; batch += 1) {
    await warehouse.insert(
      builds,
      Array.from({ length: BATCH }, (_, at) => build(batch * BATCH + at)),
    );
    rows += BATCH;
  }
  process.stdout.write(`${JSON.stringify(rows / ((performance.now() - started) / 1000))}\n`);
} finally {
  await warehouse.close();
}

function build(number: number): BuildRow {
  const created = Date.UTC(2024, 0, 1) + number * 1000;
  return {
    repo: `bench.invalid/writer/${String(number % 20)}`,
    build_id: `bench:${String(number)}`,
    attempt: 1,
    provider: 'actions',
    pipeline: '.github/workflows/ci.yml',
    pipeline_name: 'CI',
    number,
    trigger: 'push',
    branch: 'main',
    sha: number.toString(16).padStart(40, '0'),
    status: 'finished',
    conclusion: number % 9 === 0 ? 'failure' : 'success',
    created_at: created,
    started_at: created + 30_000,
    finished_at: created + 600_000,
    url: `https://bench.invalid/builds/${String(number)}`,
  };
}
