import type { BuildJobRow, BuildRow } from '@bellwether/warehouse';
import { cleanText } from '../../git/commit-message.ts';
import type { JobsRecord, RunRecord } from './build-record.ts';

export function buildId(runId: number): string {
  return `actions:${runId}`;
}

/** One attempt of a run. GitHub tells no end of a run: the last time it changed stands for that. */
export function mapRun(run: RunRecord, repo: string): BuildRow {
  const status = statusOf(run.status);
  return {
    repo,
    build_id: buildId(run.id),
    attempt: run.attempt,
    provider: 'actions',
    pipeline: cleanText(run.path, 300),
    pipeline_name: cleanText(run.name, 200),
    number: run.number,
    trigger: cleanText(run.event, 100),
    branch: cleanText(run.branch, 250),
    sha: run.sha,
    status,
    conclusion: status === 'finished' ? conclusionOf(run.conclusion) : '',
    created_at: run.createdAt,
    started_at: run.startedAt,
    finished_at: status === 'finished' ? run.updatedAt : null,
    url: run.url,
  };
}

/** The jobs of all attempts; which attempt each belongs to is told by when it began. */
export function mapJobs(record: JobsRecord, repo: string): BuildJobRow[] {
  return record.jobs.map((job) => {
    const status = statusOf(job.status);
    return {
      repo,
      build_id: buildId(record.runId),
      job_id: String(job.id),
      attempt: attemptOf(job, record.attempts),
      name: cleanText(job.name, 300),
      status,
      conclusion: status === 'finished' ? conclusionOf(job.conclusion) : '',
      // GitHub does not say when a job was put into the queue.
      created_at: null,
      started_at: job.startedAt,
      finished_at: job.finishedAt,
    };
  });
}

/** A job that has not begun waits for the newest attempt. */
function attemptOf(job: JobsRecord['jobs'][number], attempts: JobsRecord['attempts']): number | null {
  const at = job.startedAt ?? job.finishedAt;
  const newestFirst = [...attempts].sort((a, b) => b.attempt - a.attempt);
  if (at === null || newestFirst.length === 1) return newestFirst[0]?.attempt ?? null;
  return newestFirst.find(({ startedAt }) => startedAt !== null && startedAt <= at)?.attempt ?? null;
}

function statusOf(status: string): BuildRow['status'] {
  if (status === 'completed') return 'finished';
  return status === 'in_progress' ? 'running' : 'queued';
}

/** A run that could not start failed; one that GitHub gave up as stale says nothing of the code. */
function conclusionOf(conclusion: string | null): BuildRow['conclusion'] {
  switch (conclusion) {
    case 'success':
    case 'failure':
    case 'cancelled':
    case 'skipped':
    case 'timed_out':
    case 'neutral':
    case 'action_required':
      return conclusion;
    case 'startup_failure':
      return 'failure';
    default:
      return 'neutral';
  }
}
