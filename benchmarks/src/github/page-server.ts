import { createServer } from 'node:http';
import { systemClock } from '@bellwether/core';
import { generateWorld, startGitHub } from '@bellwether/simulator';
import { pullRequestsDocument, repositoryProbeDocument } from '@bellwether/sources/testing';
import { pageTemplate } from './page-template.ts';

/**
 * A process of its own that answers from memory, as fast as it can be asked: what is measured is whoever asks. Prints
 * its address and the repository's name as JSON; ends with its parent.
 *
 * Argument: how many pull requests its repository has, each with 3 reviews, 5 commits, 10 timeline items, 10 files.
 */
const wanted = Number(process.argv[2]);
const recorded = await record();
const template = pageTemplate(recorded.page);
const pageCount = Math.ceil(wanted / template.pageSize);
const probe = recorded.probe.replace(
  /("pullRequests":{"totalCount":)\d+/,
  `$1${String(pageCount * template.pageSize)}`,
);

const server = createServer((request, response) => {
  let body = '';
  request.on('data', (chunk: Buffer) => (body += chunk.toString()));
  request.on('end', () => {
    response.setHeader('content-type', 'application/json; charset=utf-8');
    const { query, variables } = JSON.parse(body) as { query: string; variables: { after?: string | null } };
    if (query === repositoryProbeDocument.text) response.end(probe);
    else if (query === pullRequestsDocument.text) {
      response.end(template.page(Number(variables.after ?? 0), pageCount));
    }
    // Whoever asks for something else does other work than what is measured.
    else response.writeHead(501).end('{}');
  });
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  process.stdout.write(
    `${JSON.stringify({ url: `http://127.0.0.1:${String(port)}`, name: recorded.name })}\n`,
  );
});
process.on('disconnect', () => process.exit());

/** What the simulated GitHub answers, of one page of the exact size. */
async function record(): Promise<{ page: string; probe: string; name: string }> {
  const world = generateWorld({
    seed: 1,
    repositories: 1,
    years: 1,
    now: Date.parse('2026-03-02T09:00:00Z'),
    organisation: 'simulated-1',
    parameters: {
      pullRequests: { exact: { count: 24, reviews: 3, commits: 5, timelineItems: 10, files: 10 } },
    },
  });
  const token = 'token-of-the-benchmark';
  const github = await startGitHub({
    world,
    seed: 1,
    clock: systemClock,
    tokens: [{ kind: 'classic', value: token, login: 'reader', scopes: ['repo', 'read:org'] }],
  });
  const [repository] = [...world.repositories.values()];
  const name = repository?.name ?? '';
  const ask = async (query: string, variables: object): Promise<string> => {
    const answer = await fetch(github.graphqlUrl, {
      method: 'POST',
      headers: { authorization: `bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables: { owner: world.organisation.login, name, ...variables } }),
    });
    const text = await answer.text();
    if (!answer.ok || text.includes('"errors":')) {
      throw new Error(`the simulator answered ${text.slice(0, 500)}`);
    }
    return text;
  };
  const page = await ask(pullRequestsDocument.text, { first: 24, after: null, direction: 'ASC' });
  const probe = await ask(repositoryProbeDocument.text, {});
  await github.close();
  return { page, probe, name };
}
