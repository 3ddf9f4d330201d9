import { type Config, nameMatcher } from '@bellwether/core';

/** Whether a repository of an organisation is to be collected, by `owner/name` or `name`; exclude wins. */
export function repositoryFilter({
  include,
  exclude,
}: Config['github']['repositories']): (repository: { owner: { login: string }; name: string }) => boolean {
  const isIncluded = nameMatcher(include);
  const isExcluded = nameMatcher(exclude);
  return ({ owner, name }) => {
    const whole = `${owner.login}/${name}`;
    return (isIncluded(whole) || isIncluded(name)) && !isExcluded(whole) && !isExcluded(name);
  };
}
