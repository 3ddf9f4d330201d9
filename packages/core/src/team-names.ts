/** How a team is called in a source: its full name, and its title. */
export interface NamedTeam {
  /** `acme/payments` */
  readonly team: string;
  /** `Payments` */
  readonly name: string;
}

/**
 * Finds the team that somebody means: by its full name, or by slug or title, in any case, where only one team has it.
 *
 * @returns a function that gives null where no team or several fit
 */
export function teamFinder(teams: readonly NamedTeam[]): (text: string) => string | null {
  const full = new Set(teams.map(({ team }) => team));
  const named = new Map<string, Set<string>>();
  for (const { team, name } of teams) {
    for (const alias of [team, team.slice(team.lastIndexOf('/') + 1), name]) {
      const key = alias.toLowerCase();
      named.set(key, (named.get(key) ?? new Set()).add(team));
    }
  }
  return (text) => {
    if (full.has(text)) return text;
    const [only, ...others] = named.get(text.toLowerCase()) ?? [];
    return only !== undefined && others.length === 0 ? only : null;
  };
}
