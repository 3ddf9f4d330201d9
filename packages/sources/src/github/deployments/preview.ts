import { type Config, firstMatch, parseTagPattern } from '@bellwether/core';
import type { DeploymentRow } from '@bellwether/warehouse';
import { cleanText } from '../../git/commit-message.ts';
import { serviceNamer } from '../../git/service-name.ts';
import { workflowReader } from '../builds/workflow-choice.ts';
import { targetReader } from './deployment-target.ts';
import { environmentKinds, type EnvironmentKind } from './environment-kind.ts';

/** Something that may announce a deployment, with what decides how it is taken; many alike are one sample. */
export interface DeploymentSample {
  readonly repo: string;
  readonly signal: Exclude<DeploymentRow['signal'], 'imported'>;
  /** Of a deployment the environment's name, of a run the workflow's, else the tag's. */
  readonly name: string;
  /** Of a run: the path of its workflow. */
  readonly path?: string;
  readonly task?: string;
  readonly payloadService?: string | null;
  readonly isPrerelease?: boolean;
  readonly count: number;
  /** ms since 1970; null where nobody knows. */
  readonly newest: number | null;
}

/** What the configuration makes of all samples that come out alike. */
export interface PreviewLine {
  readonly repo: string;
  readonly signal: DeploymentSample['signal'];
  /** As it is called at GitHub; for tags and releases the pattern that matched. */
  readonly name: string;
  readonly service: string;
  readonly environment: string;
  readonly kind: EnvironmentKind;
  readonly count: number;
  readonly newest: number | null;
}

export interface DeploymentPreview {
  /** By repository and signal, the most frequent first. */
  readonly lines: readonly PreviewLine[];
  /** What counts as nothing: workflows that no pattern chooses, tags that are no release. */
  readonly unmatched: readonly Pick<PreviewLine, 'repo' | 'signal' | 'name' | 'count' | 'newest'>[];
  /** Environments of no known kind: they are stored, and count for no metric. */
  readonly otherKinds: readonly string[];
}

/**
 * What the patterns of the configuration would make of what there is, before anything is stored. Pure: the samples come
 * from `fetchSamples` or `readSamples`.
 */
export function previewDeployments(samples: readonly DeploymentSample[], config: Config): DeploymentPreview {
  const lines = new Map<string, PreviewLine>();
  const unmatched = new Map<string, PreviewLine>();
  const readers = new Map<string, (sample: DeploymentSample) => PreviewLine | null>();
  for (const sample of samples) {
    const reader = readers.get(sample.repo) ?? sampleReader(sample.repo, config);
    readers.set(sample.repo, reader);
    const line = reader(sample);
    if (line !== null) merge(lines, asStored(line));
    else merge(unmatched, asStored({ ...sample, service: '', environment: '', kind: 'other' }));
  }
  const inOrder = sorted(lines);
  return {
    lines: inOrder,
    unmatched: sorted(unmatched).map(({ repo, signal, name, count, newest }) => ({
      repo,
      signal,
      name,
      count,
      newest,
    })),
    otherKinds: [
      ...new Set(inOrder.filter(({ kind }) => kind === 'other').map(({ environment }) => environment)),
    ].sort(),
  };
}

function sampleReader(repo: string, config: Config): (sample: DeploymentSample) => PreviewLine | null {
  const serviceOf = serviceNamer(repo, config);
  const targetOf = targetReader(repo, config);
  const kindOf = environmentKinds(config);
  const workflowService = workflowReader(repo, config);
  const patterns = config.git.tags.map((text) => ({ text, pattern: parseTagPattern(text) }));
  return (sample) => {
    const { signal, name, count, newest } = sample;
    const base = { repo, signal, count, newest };
    if (signal === 'deployment') {
      const clues = {
        environment: name,
        task: sample.task ?? '',
        payloadService: sample.payloadService ?? null,
      };
      return { ...base, name, ...targetOf(clues) };
    }
    if (signal === 'workflow_run') {
      const service = workflowService({ name, path: sample.path ?? '' });
      if (service === null) return null;
      const environment = config.deployments.workflowEnvironment;
      return { ...base, name, service, environment, kind: kindOf(environment) };
    }
    const found = patterns.find(({ pattern }) => firstMatch([pattern], name) !== null);
    const release = found ? firstMatch([found.pattern], name) : null;
    if (release === null && signal === 'tag') return null;
    const isPrerelease = sample.isPrerelease === true || release?.isPrerelease === true;
    const environment = isPrerelease ? 'prerelease' : 'production';
    const service = serviceOf(release?.service ?? null);
    return { ...base, name: found?.text ?? name, service, environment, kind: environment };
  };
}

const NAME_LIMIT = 200;

/** Names as long as the mappers store them: a preview shows what is going to be there. */
function asStored(line: PreviewLine): PreviewLine {
  return {
    ...line,
    name: cleanText(line.name, NAME_LIMIT),
    service: cleanText(line.service, NAME_LIMIT),
    environment: cleanText(line.environment, NAME_LIMIT),
  };
}

function merge(into: Map<string, PreviewLine>, line: PreviewLine): void {
  const { repo, signal, name, service, environment, kind } = line;
  const key = JSON.stringify([repo, signal, name, service, environment, kind]);
  const other = into.get(key);
  if (!other) into.set(key, line);
  else into.set(key, { ...other, count: other.count + line.count, newest: later(other.newest, line.newest) });
}

function later(one: number | null, other: number | null): number | null {
  return one === null || other === null ? (one ?? other) : Math.max(one, other);
}

function sorted(lines: ReadonlyMap<string, PreviewLine>): PreviewLine[] {
  const rank = ({ repo, signal }: PreviewLine): string => `${repo} ${signal}`;
  return [...lines.values()].sort((a, b) =>
    rank(a) !== rank(b) ? (rank(a) < rank(b) ? -1 : 1) : b.count - a.count || (a.name < b.name ? -1 : 1),
  );
}
