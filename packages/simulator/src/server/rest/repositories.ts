import { jsonReply, messageReply } from '../http/reply.ts';
import { isChosen } from '../tokens/access.ts';
import { type Endpoint, nothing, repositoryOf } from './call.ts';
import { pageOfRows } from './paging.ts';
import { restFullRepository } from './shapes.ts';

const one: Endpoint = {
  route: '/repos/{owner}/{repo}',
  requires: { scopes: [], permission: 'metadata' },
  answer: (call) => {
    const repository = repositoryOf(call);
    return 'status' in repository ? repository : jsonReply(200, restFullRepository(call, repository));
  },
};

const ofInstallation: Endpoint = {
  route: '/installation/repositories',
  requires: nothing,
  answer: (call) => {
    const { token, world } = call;
    if (token.kind !== 'installation') {
      return messageReply(
        403,
        'You must authenticate with an installation access token in order to list repositories for an installation.',
      );
    }
    const chosen = [...world.repositories.values()].filter(
      (repository) => !repository.isDeleted && isChosen(token.repositories, repository),
    );
    const page = pageOfRows(call, chosen);
    return jsonReply(
      200,
      {
        total_count: chosen.length,
        repository_selection: token.repositories === undefined ? 'all' : 'selected',
        repositories: page.rows.map((repository) => restFullRepository(call, repository)),
      },
      page.headers,
    );
  },
};

export const repositoryEndpoints: readonly Endpoint[] = [one, ofInstallation];
