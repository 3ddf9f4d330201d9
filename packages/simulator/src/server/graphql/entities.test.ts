import { describe, expect, it } from 'vitest';
import {
  addDeploymentStatus,
  addRepository,
  addRuleset,
  addTeam,
  addWorkflow,
  changeFiles,
  createDeployment,
  createRelease,
  deleteRepository,
  deleteUser,
  finishAttempt,
  joinTeam,
  openIssue,
  protectBranch,
  pushToDefaultBranch,
  renameRepository,
  rerun,
  setTag,
  startRun,
} from '../../index.ts';
import { ask, startTestGitHub } from '../testing/client.ts';
import { MINUTE, smallWorld, START } from '../testing/small-world.ts';

const shop = (selection: string): string => `{ repository(owner: "acme", name: "shop") { ${selection} } }`;

describe('deployments', () => {
  it('come by creation, with the newest status first', async () => {
    const { world, shop: repository, ada } = smallWorld();
    const commitSha = repository.branches.get('main')!;
    const input = { commitSha, ref: 'main', environment: 'production', creator: ada };
    const first = createDeployment(world, repository, input, START + MINUTE);
    createDeployment(world, repository, { ...input, environment: 'staging' }, START + 2 * MINUTE);
    addDeploymentStatus(world, first, 'IN_PROGRESS', ada.id, START + 3 * MINUTE);
    addDeploymentStatus(world, first, 'SUCCESS', ada.id, START + 4 * MINUTE);
    const github = await startTestGitHub(world);
    const { data, errors } = await ask(
      github,
      shop(
        'deployments(first: 5, orderBy: { field: CREATED_AT, direction: DESC }) { nodes { environment commitOid state createdAt latestStatus { state } statuses(first: 10) { nodes { state createdAt } } } } only: deployments(first: 5, environments: ["staging"]) { totalCount }',
      ),
    );
    expect(errors).toEqual([]);
    expect(data.repository).toEqual({
      deployments: {
        nodes: [
          {
            environment: 'staging',
            commitOid: commitSha,
            state: 'PENDING',
            createdAt: '2026-01-05T09:02:00Z',
            latestStatus: null,
            statuses: { nodes: [] },
          },
          {
            environment: 'production',
            commitOid: commitSha,
            state: 'ACTIVE',
            createdAt: '2026-01-05T09:01:00Z',
            latestStatus: { state: 'SUCCESS' },
            statuses: {
              nodes: [
                { state: 'SUCCESS', createdAt: '2026-01-05T09:04:00Z' },
                { state: 'IN_PROGRESS', createdAt: '2026-01-05T09:03:00Z' },
              ],
            },
          },
        ],
      },
      only: { totalCount: 1 },
    });
  });
});

describe('tags and releases', () => {
  it('tells annotated tags from light ones, and orders by the date of the commit', async () => {
    const { world, shop: repository, ada } = smallWorld();
    const old = repository.branches.get('main')!;
    const young = pushToDefaultBranch(
      world,
      repository,
      { author: ada, authoredAt: START + MINUTE, message: 'Next' },
      START + MINUTE,
    ).sha;
    // By name they stand the other way round.
    setTag(world, repository, { name: 'b-old', commitSha: old, annotation: null }, START + 2 * MINUTE);
    const annotation = { tagger: ada, message: 'One' };
    const tag = setTag(
      world,
      repository,
      { name: 'a-young', commitSha: young, annotation },
      START + 3 * MINUTE,
    );
    createRelease(world, repository, { tagName: 'a-young', author: ada }, START + 4 * MINUTE);
    const github = await startTestGitHub(world);
    const { data, errors } = await ask(
      github,
      shop(
        'refs(refPrefix: "refs/tags/", first: 5, orderBy: { field: TAG_COMMIT_DATE, direction: ASC }) { nodes { name target { __typename oid ... on Tag { message tagger { name date } target { oid } } } } } releases(first: 5) { nodes { tagName isPrerelease tagCommit { oid } publishedAt author { login } } } latestRelease { tagName }',
      ),
    );
    expect(errors).toEqual([]);
    expect(data.repository).toEqual({
      refs: {
        nodes: [
          { name: 'b-old', target: { __typename: 'Commit', oid: old } },
          {
            name: 'a-young',
            target: {
              __typename: 'Tag',
              oid: tag.annotation!.sha,
              message: 'One',
              tagger: { name: 'ada', date: '2026-01-05T09:03:00Z' },
              target: { oid: young },
            },
          },
        ],
      },
      releases: {
        nodes: [
          {
            tagName: 'a-young',
            isPrerelease: false,
            tagCommit: { oid: young },
            publishedAt: '2026-01-05T09:04:00Z',
            author: { login: 'ada' },
          },
        ],
      },
      latestRelease: { tagName: 'a-young' },
    });
  });
});

describe('issues', () => {
  it('are filtered by label and by a since that counts its own second', async () => {
    const { world, shop: repository, ada } = smallWorld();
    const open = (title: string, labels: string[], minute: number): void =>
      void openIssue(world, repository, { title, author: ada, labels }, START + minute * MINUTE);
    open('old', ['incident'], 1);
    open('young', ['Incident', 'p1'], 2);
    open('other', ['question'], 3);
    const github = await startTestGitHub(world);
    const { data, errors } = await ask(
      github,
      shop(
        'issues(first: 10, orderBy: { field: UPDATED_AT, direction: ASC }, filterBy: { labels: ["incident"], since: "2026-01-05T09:02:00Z" }) { totalCount nodes { title state closedAt labels(first: 5) { nodes { name } } } }',
      ),
    );
    expect(errors).toEqual([]);
    expect(data.repository.issues).toEqual({
      totalCount: 1,
      nodes: [
        {
          title: 'young',
          state: 'OPEN',
          closedAt: null,
          labels: { nodes: [{ name: 'Incident' }, { name: 'p1' }] },
        },
      ],
    });
  });
});

describe('history', () => {
  it('pages from the default branch, and goes on where it was when somebody pushes', async () => {
    const { world, shop: repository, ada } = smallWorld();
    const push = (minute: number): string =>
      pushToDefaultBranch(
        world,
        repository,
        { author: ada, authoredAt: START + minute * MINUTE, message: `Commit ${minute}` },
        START + minute * MINUTE,
      ).sha;
    const first = repository.branches.get('main')!;
    const [second, third] = [push(1), push(2)];
    const github = await startTestGitHub(world);
    const query = `query ($after: String) ${shop('defaultBranchRef { target { ... on Commit { history(first: 2, after: $after) { totalCount nodes { oid parents(first: 5) { nodes { oid } } } pageInfo { hasNextPage endCursor } } } } }')}`;
    const one = await ask(github, query);
    const { history } = one.data.repository.defaultBranchRef.target;
    expect(history).toMatchObject({
      totalCount: 3,
      nodes: [
        { oid: third, parents: { nodes: [{ oid: second }] } },
        { oid: second, parents: { nodes: [{ oid: first }] } },
      ],
    });
    push(3);
    const two = await ask(github, query, { after: history.pageInfo.endCursor });
    expect(two.data.repository.defaultBranchRef.target.history.nodes).toEqual([
      { oid: first, parents: { nodes: [] } },
    ]);
  });
});

describe('an organisation', () => {
  it('lists repositories by activity, and immediate members of teams', async () => {
    const { world, ada, bob } = smallWorld();
    const young = addRepository(world, { name: 'young', visibility: 'PUBLIC' }, START + MINUTE);
    pushToDefaultBranch(
      world,
      young,
      { author: ada, authoredAt: START + MINUTE, message: 'Begin' },
      START + MINUTE,
    );
    const parent = addTeam(world, { slug: 'all', name: 'All' }, START);
    const child = addTeam(world, { slug: 'core', name: 'Core', parentId: parent.id }, START);
    joinTeam(world, parent, ada, START);
    joinTeam(world, child, bob, START);
    const github = await startTestGitHub(world);
    const { data, errors } = await ask(
      github,
      `{ organization(login: "ACME") {
         repositories(first: 5, orderBy: { field: PUSHED_AT, direction: DESC }) { totalCount nodes { nameWithOwner isPrivate pushedAt } }
         teams(first: 5) { nodes { slug parentTeam { slug } members(first: 5, membership: IMMEDIATE) { nodes { login } } everyone: members(first: 5) { totalCount } } }
       } }`,
    );
    expect(errors).toEqual([]);
    expect(data.organization).toEqual({
      repositories: {
        totalCount: 2,
        nodes: [
          { nameWithOwner: 'acme/young', isPrivate: false, pushedAt: '2026-01-05T09:01:00Z' },
          { nameWithOwner: 'acme/shop', isPrivate: true, pushedAt: '2026-01-05T09:00:00Z' },
        ],
      },
      teams: {
        nodes: [
          {
            slug: 'all',
            parentTeam: null,
            members: { nodes: [{ login: 'ada' }] },
            everyone: { totalCount: 2 },
          },
          {
            slug: 'core',
            parentTeam: { slug: 'all' },
            members: { nodes: [{ login: 'bob' }] },
            everyone: { totalCount: 1 },
          },
        ],
      },
    });
  });
});

describe('accounts', () => {
  it('are found by login, and deleted ones are not', async () => {
    const { world, ada, bob } = smallWorld();
    deleteUser(world, bob, START + MINUTE);
    const github = await startTestGitHub(world);
    const { data, errors } = await ask(
      github,
      '{ ada: user(login: "Ada") { id name email status { indicatesLimitedAvailability } } bob: user(login: "bob") { id } }',
    );
    expect(data).toEqual({
      ada: { id: ada.id, name: 'ada', email: 'ada@example.test', status: null },
      bob: null,
    });
    expect(errors).toMatchObject([{ type: 'NOT_FOUND', path: ['bob'] }]);
  });
});

describe('files and protection', () => {
  it('shows a blob of the default branch, and null where there is none', async () => {
    const { world, shop: repository, ada } = smallWorld();
    changeFiles(
      world,
      repository,
      new Map([['.github/CODEOWNERS', '* @acme/core\n']]),
      { author: ada, message: 'Own' },
      START + MINUTE,
    );
    const github = await startTestGitHub(world);
    const { data } = await ask(
      github,
      shop(
        'there: object(expression: "HEAD:.github/CODEOWNERS") { ... on Blob { text byteSize } } not: object(expression: "HEAD:CODEOWNERS") { __typename }',
      ),
    );
    // "* @acme/core\n" has 13 bytes.
    expect(data.repository).toEqual({ there: { text: '* @acme/core\n', byteSize: 13 }, not: null });
  });

  it('shows branch protection and rulesets', async () => {
    const { world, shop: repository } = smallWorld();
    protectBranch(world, repository, 'main', { requiredApprovingReviewCount: 2 }, START);
    addRuleset(
      world,
      repository,
      { name: 'Trunk', ruleTypes: ['PULL_REQUEST', 'NON_FAST_FORWARD'], requiredApprovingReviewCount: 1 },
      START,
    );
    const github = await startTestGitHub(world);
    const { data, errors } = await ask(
      github,
      shop(
        'branchProtectionRules(first: 5) { nodes { pattern requiresApprovingReviews requiredApprovingReviewCount } } rulesets(first: 5) { nodes { name enforcement rules(first: 5) { nodes { type parameters { ... on PullRequestParameters { requiredApprovingReviewCount } } } } } }',
      ),
    );
    expect(errors).toEqual([]);
    expect(data.repository).toEqual({
      branchProtectionRules: {
        nodes: [{ pattern: 'main', requiresApprovingReviews: true, requiredApprovingReviewCount: 2 }],
      },
      rulesets: {
        nodes: [
          {
            name: 'Trunk',
            enforcement: 'ACTIVE',
            rules: {
              nodes: [
                { type: 'PULL_REQUEST', parameters: { requiredApprovingReviewCount: 1 } },
                { type: 'NON_FAST_FORWARD', parameters: null },
              ],
            },
          },
        ],
      },
    });
  });
});

describe('check suites', () => {
  it('lead to the jobs of all attempts, or of the newest', async () => {
    const { world, shop: repository, ada } = smallWorld();
    const workflow = addWorkflow(world, repository, { name: 'CI', path: '.github/workflows/ci.yml' });
    const run = startRun(
      world,
      repository,
      {
        workflow,
        event: 'push',
        headBranch: 'main',
        headSha: repository.branches.get('main')!,
        actor: ada,
        jobNames: ['test'],
      },
      START + MINUTE,
    );
    const completedAt = START + 3 * MINUTE;
    finishAttempt(world, run, 'failure', [{ conclusion: 'failure', completedAt }], START + 3 * MINUTE);
    rerun(world, run, START + 4 * MINUTE);
    const github = await startTestGitHub(world);
    const { data, errors } = await ask(
      github,
      `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on CheckSuite { status
         all: checkRuns(first: 10, filterBy: { checkType: ALL }) { nodes { name status conclusion completedAt } }
         latest: checkRuns(first: 10, filterBy: { checkType: LATEST }) { nodes { status } } } } }`,
      { ids: [run.checkSuiteId] },
    );
    expect(errors).toEqual([]);
    expect(data.nodes).toEqual([
      {
        status: 'QUEUED',
        all: {
          nodes: [
            { name: 'test', status: 'COMPLETED', conclusion: 'FAILURE', completedAt: '2026-01-05T09:03:00Z' },
            { name: 'test', status: 'QUEUED', conclusion: null, completedAt: null },
          ],
        },
        latest: { nodes: [{ status: 'QUEUED' }] },
      },
    ]);
  });
});

describe('what is not there', () => {
  it('is null, and NOT_FOUND says which', async () => {
    const { world, shop: repository, ada } = smallWorld();
    const gone = addRepository(world, { name: 'gone' }, START);
    deleteRepository(world, gone, START + MINUTE);
    const github = await startTestGitHub(world);
    const { data, errors } = await ask(
      github,
      `query ($ids: [ID!]!) { repository(owner: "acme", name: "gone") { id } nodes(ids: $ids) { id } }`,
      { ids: [repository.id, gone.id, ada.id] },
    );
    expect(data).toEqual({ repository: null, nodes: [{ id: repository.id }, null, { id: ada.id }] });
    expect(errors).toMatchObject([
      { type: 'NOT_FOUND', path: ['repository'] },
      { type: 'NOT_FOUND', path: ['nodes', 1] },
    ]);
  });

  it('leads from a former name to the present one, unless the client does not want that', async () => {
    const { world, shop: repository } = smallWorld();
    renameRepository(world, repository, 'store', START + MINUTE);
    const github = await startTestGitHub(world);
    const { data, errors } = await ask(
      github,
      `{ followed: repository(owner: "acme", name: "shop") { name } strict: repository(owner: "acme", name: "shop", followRenames: false) { name } }`,
    );
    expect(data).toEqual({ followed: { name: 'store' }, strict: null });
    expect(errors).toMatchObject([{ type: 'NOT_FOUND', path: ['strict'] }]);
  });

  it('finds by id what was added after the first look', async () => {
    const { world, shop: repository, ada } = smallWorld();
    const github = await startTestGitHub(world);
    const query = 'query ($id: ID!) { node(id: $id) { id } }';
    expect((await ask(github, query, { id: 'I_unknown' })).data.node).toBeNull();
    const issue = openIssue(world, repository, { title: 'New', author: ada }, START + MINUTE);
    expect((await ask(github, query, { id: issue.id })).data.node).toEqual({ id: issue.id });
  });
});
