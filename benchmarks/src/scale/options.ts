import { homedir, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** What `npm run bench -- scale` understands. */
export const scaleFlags = {
  size: { type: 'string' },
  folder: { type: 'string' },
  'keep-facts': { type: 'boolean' },
  metric: { type: 'string', multiple: true },
} as const;

export interface ScaleOptions {
  /** 1 is the whole company, 2 million pull requests. */
  factor: number;
  /** Where organisations are kept between runs. */
  root: string;
  /** Facts that are there already stay; only the questions are measured. */
  keepsFacts: boolean;
  /** Only these metrics; all of the catalogue where empty. */
  metrics: readonly string[];
}

type Flags = Partial<Record<'size' | 'folder', string>> & { 'keep-facts'?: boolean; metric?: string[] };

/**
 * `--size 1 --folder <path> --keep-facts --metric <id>`, else `BELLWETHER_SCALE_SIZE` and `BELLWETHER_SCALE_FOLDER`,
 * else a tenth, below the cache of the user.
 *
 * @throws RangeError for a size that is no number
 */
export function scaleOptions(flags: Flags, env: NodeJS.ProcessEnv): ScaleOptions {
  const size = flags.size ?? env['BELLWETHER_SCALE_SIZE'] ?? '0.1';
  const factor = Number(size);
  if (!Number.isFinite(factor) || factor <= 0) throw new RangeError(`--size ${size} is no number above 0`);
  const cache = [env['XDG_CACHE_HOME'], homedir() && join(homedir(), '.cache'), tmpdir()].find(Boolean);
  return {
    factor,
    root: resolve(
      flags.folder ?? env['BELLWETHER_SCALE_FOLDER'] ?? join(cache ?? tmpdir(), 'bellwether', 'scale'),
    ),
    keepsFacts: flags['keep-facts'] ?? false,
    metrics: flags.metric ?? [],
  };
}
