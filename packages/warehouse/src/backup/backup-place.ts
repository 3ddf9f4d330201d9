import { resolve } from 'node:path';
import { usageError } from '@bellwether/core';

/** Where a backup is: a folder of this machine, or a prefix in an S3-compatible store. */
export type BackupPlace = { kind: 'folder'; path: string } | { kind: 's3'; url: string };

type Environment = Readonly<Record<string, string | undefined>>;

const HOW = 'bellwether backup /var/backups/bellwether-monday   (or s3://bucket/path)';

/**
 * Reads `<folder>` or `s3://bucket/path`. Keys of the store are never part of it: the engine takes them from the
 * environment of the process that holds the warehouse (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY).
 *
 * @param env AWS_ENDPOINT_URL: a store that is not Amazon's; AWS_REGION
 * @throws BellwetherError `backup-place`
 */
export function parseBackupPlace(text: string, cwd: string, env: Environment): BackupPlace {
  if (text.trim() === '') throw usageError('backup-place', 'The backup has no place.', HOW);
  if (!/^[a-z][a-z0-9+.-]+:\/\//i.test(text)) return { kind: 'folder', path: resolve(cwd, text) };
  const [, bucket, path] =
    /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])\/([\w!*.()/-]{1,500})$/.exec(text) ?? [];
  if (bucket === undefined || path === undefined || path.split('/').includes('..')) {
    throw usageError(
      'backup-place',
      'The place is not s3://<bucket>/<path> of letters, digits and -_.!*().',
      HOW,
    );
  }
  return { kind: 's3', url: `${bucketUrl(bucket, env)}/${path.replace(/\/+$/, '')}` };
}

/** For a person: never more than they typed. */
export function placeName(place: BackupPlace): string {
  return place.kind === 'folder' ? place.path : place.url;
}

function bucketUrl(bucket: string, env: Environment): string {
  const endpoint = env['AWS_ENDPOINT_URL_S3'] ?? env['AWS_ENDPOINT_URL'] ?? '';
  if (endpoint === '') {
    const region = env['AWS_REGION'] ?? env['AWS_DEFAULT_REGION'] ?? 'us-east-1';
    if (/^[a-z0-9-]+$/.test(region)) return `https://${bucket}.s3.${region}.amazonaws.com`;
    throw usageError(
      'backup-place',
      'AWS_REGION is not the name of a region.',
      'export AWS_REGION=eu-central-1',
    );
  }
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined;
  if (
    url &&
    /^https?:$/.test(url.protocol) &&
    url.username === '' &&
    url.password === '' &&
    url.search === ''
  ) {
    return `${url.origin}${url.pathname.replace(/\/+$/, '')}/${bucket}`;
  }
  throw usageError(
    'backup-place',
    'AWS_ENDPOINT_URL is not a plain address (http or https, no name, no password).',
    'export AWS_ENDPOINT_URL=https://storage.example.com',
  );
}
