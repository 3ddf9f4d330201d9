/**
 * The deployment that an incident's text names as its cause, as a deployment's number, a tag or a sha; null for none.
 *
 * One line of the text, upper and lower case alike, says nothing but this:
 *
 * ```text
 * Deployment: <cause>
 * Caused by: <cause>
 * ```
 *
 * It may be an item of a list or set in bold. The cause is one word without spaces, bare or in backticks or angle
 * brackets: a number, a tag, a sha, or a link to a deployment, a release, a tag, a commit or a run. The first such line
 * counts; `Caused by: a wrong setting` is none, because it is no single word.
 */
export function readCause(text: string): string | null {
  for (const line of text.slice(0, TEXT_LIMIT).split(/\r?\n/)) {
    const value =
      /^[\s>*+-]*_{0,2}(?:deployment|caused by)[*_]{0,2}\s*:\s*[*_]{0,2}\s*(\S+?)[*_]{0,2}\s*$/i.exec(
        line,
      )?.[1];
    const cause = value === undefined ? null : readReference(value.replace(/^[`<]+|[`>]+$/g, ''));
    if (cause !== null) return cause;
  }
  return null;
}

/** Nobody names a cause behind so much text. */
const TEXT_LIMIT = 100_000;

function readReference(value: string): string | null {
  if (!/^https?:\/\//i.test(value)) return /^[\w./@+:-]{1,200}$/.test(value) ? value : null;
  const inPath = /\/(?:releases\/tag|tree|commit|deployments|actions\/runs)\/([^?#]+?)\/?$/.exec(
    value.replace(/[?#].*$/, ''),
  )?.[1];
  if (inPath === undefined) return null;
  return readReference(decoded(inPath));
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
