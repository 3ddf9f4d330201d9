/** What Node makes where nobody says otherwise. */
const DEFAULT_THREADS = 4;
const MOST_READERS = 64;

/**
 * How many queries may run at once: each keeps one of Node's worker threads until its last row was read. Some are left
 * for the writer, for ending queries and for files; without these, queries that wait for their readers and readers
 * that wait for a thread (gzip needs one) would wait for each other.
 *
 * The number of threads is fixed when the process starts (`UV_THREADPOOL_SIZE`): setting it later has no effect.
 */
export function readingThreads(environment: Readonly<Record<string, string | undefined>>): number {
  const { UV_THREADPOOL_SIZE } = environment;
  const given = Number(UV_THREADPOOL_SIZE);
  const threads = Number.isSafeInteger(given) && given > 0 ? given : DEFAULT_THREADS;
  const reserved = Math.max(2, Math.min(8, Math.floor(threads / 4)));
  return Math.max(1, Math.min(MOST_READERS, threads - reserved));
}
