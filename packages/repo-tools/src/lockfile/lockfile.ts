/** One package of a lockfile, as far as the tools look into it. Unknown fields are kept as they are. */
export interface LockEntry {
  name?: string;
  version?: string;
  resolved?: string;
  integrity?: string;
  link?: boolean;
  dev?: boolean;
  optional?: boolean;
  devOptional?: boolean;
  inBundle?: boolean;
  os?: string[];
  cpu?: string[];
  libc?: string[];
  optionalDependencies?: Record<string, string>;
  [field: string]: unknown;
}

/** A `package-lock.json` of lockfile version 3. Keys are paths: `node_modules/a/node_modules/b`, '' is the root. */
export interface Lockfile {
  lockfileVersion: number;
  packages: Record<string, LockEntry>;
  [field: string]: unknown;
}

/** @throws Error when the text is no lockfile of version 3, the only one that npm 7 and later write here. */
export function parseLockfile(text: string): Lockfile {
  const parsed: unknown = JSON.parse(text);
  if (isLockfile(parsed)) return parsed;
  throw new Error('package-lock.json is not a lockfile of version 3. Write it anew: npm install');
}

/** The text as npm writes it: two spaces, entries in npm's order, a final newline. */
export function formatLockfile(lockfile: Lockfile): string {
  const packages = Object.fromEntries(
    Object.entries(lockfile.packages).sort(([a], [b]) => a.localeCompare(b, 'en')),
  );
  return `${JSON.stringify({ ...lockfile, packages }, null, 2)}\n`;
}

function isLockfile(value: unknown): value is Lockfile {
  return (
    typeof value === 'object' &&
    value !== null &&
    'lockfileVersion' in value &&
    value.lockfileVersion === 3 &&
    'packages' in value &&
    typeof value.packages === 'object' &&
    value.packages !== null
  );
}
