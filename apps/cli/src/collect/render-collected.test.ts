import { BellwetherError } from '@bellwether/core';
import type { TargetResult } from '@bellwether/sources';
import { expect, it } from 'vitest';
import type { Collected } from './outcome.ts';
import { collectedText } from './render-collected.ts';

const usage = { requests: 7, points: 5, restRequests: 2, unchanged: 2 };

function targetOf(target: string, stream: string, rowCount: number): TargetResult {
  const streams: TargetResult['streams'] = [{ name: stream, status: 'ok', rowCount, error: null }];
  return { target, repo: target, status: 'ok', rowCount, streams, error: null };
}

const repository = targetOf('github.com/acme/shop', 'commits', 20);
const teams = targetOf('github.com/acme', 'teams', 3);
const error = new BellwetherError({ code: 'github-owner-not-found', message: 'x', retry: 'no', next: 'y' });
const lost: TargetResult = {
  ...{ target: 'github.com/nobody', repo: null, status: 'failed', rowCount: 0, streams: [], error },
};

function textOf(targets: readonly TargetResult[]): string[] {
  const collected: Collected = {
    ...{ source: 'github', status: 'ok', targets, repositories: [], usage, gaps: 0 },
  };
  return collectedText([collected]).split('\n');
}

it('tells the teams of an organisation from its repositories', () => {
  expect(textOf([teams, repository])).toEqual([
    'repository                status  rows written',
    'organisation acme: teams  ok                 3',
    'github.com/acme/shop      ok                20',
    'GitHub: 1 repository and the teams of 1 organisation, all read; 23 rows written; ' +
      '7 requests, 5 points, of REST 2 requests (2 free)',
    '',
  ]);
});

it('counts what could not be listed apart', () => {
  expect(textOf([lost, teams, repository, repository])[5]).toContain(
    'GitHub: 2 repositories and the teams of 1 organisation and 1 thing that could not be listed, 1 not read in full',
  );
});
