/** What a tag says about a release. */
export interface ReleaseName {
  /** Null where the pattern has no {service}: the repository's own release. */
  service: string | null;
  version: string;
  /** The semantic version carries a pre-release part: `1.0.0-rc.1`. */
  isPrerelease: boolean;
}

export type TagPattern = (tag: string) => ReleaseName | null;

// Semantic Versioning 2.0.0, a fourth number and leading zeros allowed (calendar versions have them). Never one or
// two numbers alone: `v1` and `v1.2` are mostly moving aliases of a release that has its own tag, and count twice.
const VERSION = String.raw`(?<version>\d+(?:\.\d+){2,3})(?<pre>-[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?(?:\+[0-9A-Za-z.-]+)?`;
const SERVICE = String.raw`(?<service>(?:@[^@\s]+?)|(?:[^@\s]+?))`;

/**
 * Compiles a tag pattern such as `{service}@{version}`.
 *
 * A small template language and not regular expressions: tags come from strangers, and a
 * template cannot be made to backtrack for ever. Tags over 250 characters never match.
 *
 * @throws Error that says what is wrong with the template
 */
export function parseTagPattern(template: string): TagPattern {
  const tokens = template.split(/(\{[^}]*\})/).filter((token) => token !== '');
  const count = (token: string): number => tokens.filter((each) => each === token).length;
  const unknown = tokens.find((each) => each.startsWith('{') && each !== '{service}' && each !== '{version}');
  if (unknown !== undefined) {
    throw new Error(`"${template}": ${unknown} is not known; use {service} and {version}`);
  }
  if (count('{version}') !== 1) throw new Error(`"${template}" needs {version} exactly once`);
  if (count('{service}') > 1) throw new Error(`"${template}" may have {service} only once`);
  const source = tokens
    .map((token) =>
      token === '{service}' ? SERVICE : token === '{version}' ? VERSION : escapeLiteral(token),
    )
    .join('');
  const expression = new RegExp(`^${source}$`);
  return (tag) => {
    const groups = tag.length > 250 ? undefined : expression.exec(tag)?.groups;
    if (groups?.['version'] === undefined) return null;
    return {
      service: groups['service'] ?? null,
      version: `${groups['version']}${groups['pre'] ?? ''}`,
      isPrerelease: groups['pre'] !== undefined,
    };
  };
}

/** The first pattern that matches wins; null when none does. */
export function firstMatch(patterns: readonly TagPattern[], tag: string): ReleaseName | null {
  for (const pattern of patterns) {
    const name = pattern(tag);
    if (name !== null) return name;
  }
  return null;
}

function escapeLiteral(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}
