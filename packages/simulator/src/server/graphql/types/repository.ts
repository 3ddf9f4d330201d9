import type { PullRequest, Repository } from '../../../world/model.ts';
import { formatTime } from '../../time-format.ts';
import { type Connection, type PageArguments, pageOfList, pageOfOrdered } from '../connection.ts';
import { defineType } from '../define-type.ts';
import { fieldError, notSimulated } from '../errors.ts';
import { repositoryUrl } from '../links.ts';
import { byDatabaseId, orderedView } from '../ordered-view.ts';
import { pageArguments, refuseArguments } from '../refuse-arguments.ts';
import type { BranchProtectionSource, RepositorySource, RulesetSource } from '../sources.ts';
import { commitOf } from './commit.ts';
import { type DeploymentArguments, pageOfDeployments } from './deployment.ts';
import { type IssueArguments, pageOfIssues } from './issue.ts';
import { BRANCHES, pageOfRefs, refOf, type RefsArguments, TAGS } from './ref.ts';
import { latestRelease, pageOfReleases, type ReleaseArguments } from './release.ts';

interface Order {
  readonly field: string;
  readonly direction: 'ASC' | 'DESC';
}

interface PullRequestArguments extends PageArguments {
  readonly orderBy?: Order | null;
  readonly states?: readonly PullRequest['state'][] | null;
  readonly baseRefName?: string | null;
}

export const repository = defineType<RepositorySource>('Repository', {
  id: ({ value }) => value.id,
  databaseId: ({ value }) => value.databaseId,
  name: ({ value }) => value.name,
  nameWithOwner: ({ value }, _, { world }) => `${world.organisation.login}/${value.name}`,
  owner: (_, __, { world }) => ({ typename: 'Organization', value: world.organisation }),
  description: () => null,
  url: ({ value }, _, { origin, world }) => repositoryUrl(origin, world, value),
  sshUrl: ({ value }, _, { world }) => `git@127.0.0.1:${world.organisation.login}/${value.name}.git`,
  visibility: ({ value }) => value.visibility,
  isPrivate: ({ value }) => value.visibility !== 'PUBLIC',
  isFork: ({ value }) => value.isFork,
  isArchived: ({ value }) => value.isArchived,
  isDisabled: () => false,
  isEmpty: ({ value }) => value.branches.size === 0,
  isLocked: () => false,
  isMirror: () => false,
  isTemplate: () => false,
  isInOrganization: () => true,
  hasIssuesEnabled: () => true,
  createdAt: ({ value }) => formatTime(value.createdAt),
  updatedAt: ({ value }) => formatTime(value.updatedAt),
  pushedAt: ({ value }) => (value.branches.size === 0 ? null : formatTime(value.pushedAt)),
  diskUsage: ({ value }) => value.commits.size,
  primaryLanguage: ({ value: { primaryLanguage: name } }) =>
    name === null ? null : { id: `LA_${Buffer.from(name).toString('base64url')}`, name, color: null },

  defaultBranchRef: ({ value }) => refOf(value, BRANCHES, value.defaultBranch),
  ref: ({ value }, { qualifiedName }: { readonly qualifiedName: string }) => {
    if (qualifiedName.startsWith(TAGS)) return refOf(value, TAGS, qualifiedName.slice(TAGS.length));
    const name = qualifiedName.startsWith(BRANCHES) ? qualifiedName.slice(BRANCHES.length) : qualifiedName;
    return refOf(value, BRANCHES, name);
  },
  refs: ({ value }, args: RefsArguments) => pageOfRefs(value, args),
  object: ({ value }, args: { readonly oid?: string | null; readonly expression?: string | null }) =>
    objectOf(value, args.expression ?? args.oid ?? ''),

  pullRequest: ({ value: repository }, { number }: { readonly number: number }) => {
    const value = repository.pullRequests.get(number);
    if (value === undefined) throw missing('PullRequest', number);
    return { typename: 'PullRequest', repository, value };
  },
  pullRequests: ({ value }, args: PullRequestArguments) => pageOfPullRequests(value, args),
  issue: ({ value: repository }, { number }: { readonly number: number }) => {
    const value = repository.issues.get(number);
    if (value === undefined) throw missing('Issue', number);
    return { typename: 'Issue', repository, value };
  },
  issues: ({ value }, args: IssueArguments) => pageOfIssues(value, args),
  deployments: ({ value }, args: DeploymentArguments) => pageOfDeployments(value, args),
  releases: ({ value }, args: ReleaseArguments) => pageOfReleases(value, args),
  release: ({ value: repository }, { tagName }: { readonly tagName: string }) => {
    const value = [...repository.releases.values()].find((release) => release.tagName === tagName);
    return value === undefined ? null : { typename: 'Release', repository, value };
  },
  latestRelease: ({ value }) => latestRelease(value),

  branchProtectionRules: ({ value: repository }, page: PageArguments) =>
    pageOfList([...repository.branchProtections.values()], page, {
      idOf: ({ id }) => id,
      map: (value): BranchProtectionSource => ({ typename: 'BranchProtectionRule', repository, value }),
    }),
  rulesets: (
    { value: repository },
    args: PageArguments & { readonly targets?: readonly string[] | null },
  ) => {
    refuseArguments('Repository.rulesets', args, [...pageArguments, 'includeParents', 'targets']);
    const shown = [...repository.rulesets.values()].filter(
      ({ target }) => args.targets == null || args.targets.includes(target),
    );
    return pageOfList(shown, args, {
      idOf: ({ id }) => id,
      map: (value): RulesetSource => ({ typename: 'RepositoryRuleset', repository, value }),
    });
  },
});

export const language = defineType<{ readonly id: string; readonly name: string; readonly color: null }>(
  'Language',
  { id: ({ id }) => id, name: ({ name }) => name, color: ({ color }) => color },
);

function pageOfPullRequests(repository: Repository, args: PullRequestArguments): Connection {
  refuseArguments('Repository.pullRequests', args, [...pageArguments, 'orderBy', 'states', 'baseRefName']);
  const { orderBy, states, baseRefName } = args;
  const hasFilter = states != null || baseRefName != null;
  return pageOfOrdered(
    orderedView(repository.pullRequests, orderBy?.field ?? 'CREATED_AT', keyBy(orderBy), byDatabaseId),
    args,
    {
      isDescending: orderBy?.direction === 'DESC',
      ...(hasFilter && {
        accepts: (row: PullRequest) =>
          (states == null || states.includes(row.state)) &&
          (baseRefName == null || row.baseBranch === baseRefName),
      }),
      map: (value) => ({ typename: 'PullRequest', repository, value }),
    },
  );
}

function keyBy(order: Order | null | undefined): (row: PullRequest) => number {
  if (order?.field === 'UPDATED_AT') return ({ updatedAt }) => updatedAt;
  if (order?.field === 'COMMENTS') throw notSimulated('Repository.pullRequests(orderBy: {field: COMMENTS})');
  return ({ createdAt }) => createdAt;
}

/** `HEAD:<path>`, `<branch>:<path>`, a branch or a sha. Null where there is nothing. */
function objectOf(repository: Repository, expression: string): object | null {
  const colon = expression.indexOf(':');
  const revision = colon === -1 ? expression : expression.slice(0, colon);
  const branch = revision === 'HEAD' ? repository.defaultBranch : revision.replace(BRANCHES, '');
  const sha = repository.branches.get(branch) ?? (repository.commits.has(branch) ? branch : null);
  if (sha === null) return null;
  if (colon === -1) return commitOf(repository, sha);
  if (sha !== repository.branches.get(repository.defaultBranch)) {
    throw notSimulated(`Repository.object(expression: "${expression}"), files of another branch`);
  }
  const path = expression.slice(colon + 1);
  const text = repository.files.get(path);
  return text === undefined ? null : { typename: 'Blob', repository, value: { path, text } };
}

function missing(type: string, number: number): Error {
  return fieldError('NOT_FOUND', `Could not resolve to a ${type} with the number of ${number}.`);
}
