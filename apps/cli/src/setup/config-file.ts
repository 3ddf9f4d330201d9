import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { Config, parseConfig, usageError } from '@bellwether/core';
import { resolveAgreements, resolveTargets } from '@bellwether/metrics';

export const configFileName = 'bellwether.yaml';

/** A configuration, and the folder that its relative paths mean. */
export interface LoadedConfig {
  config: Config;
  folder: string;
  /** Null where no file was found and defaults stand in. */
  file: string | null;
}

/**
 * Reads the configuration: the file that was named, else the nearest bellwether.yaml from `cwd` upwards, else defaults.
 *
 * @param named null: look for none
 *
 * @throws BellwetherError `config-missing` when a named file is not there, `config-invalid` when it cannot be used,
 *   `agreement-invalid` or `target-invalid` when it wants of a metric what that does not have
 */
export function loadConfig(cwd: string, named: string | null | undefined): LoadedConfig {
  const file = named === null ? null : named === undefined ? findUpwards(cwd) : resolve(cwd, named);
  if (file === null) return { config: Config.parse({}), folder: cwd, file: null };
  const config = parseConfig(readText(file), file);
  // At the start, not after an hour of collecting.
  resolveAgreements(config);
  resolveTargets(config);
  return { config, folder: dirname(file), file };
}

function findUpwards(folder: string): string | null {
  const candidate = join(folder, configFileName);
  if (existsSync(candidate)) return candidate;
  const parent = dirname(folder);
  return parent === folder ? null : findUpwards(parent);
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw usageError('config-missing', `${file} cannot be read.`, 'bellwether init', error);
  }
}
