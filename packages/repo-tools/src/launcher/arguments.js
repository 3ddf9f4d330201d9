/** Options of `bellwether try` that are followed by a value; a test holds them against its help. */
export const optionsWithValue = new Set([
  ...['--by', '--since', '--until', '--service', '--section', '--bots', '--benchmark'],
  ...['--config', '--data'],
]);

/**
 * The arguments of `bellwether try`, with a path in front where the user gave none: the clone of
 * Bellwether itself, which is the one repository that everybody who gets here has on disk.
 *
 * @param {readonly string[]} args what stands after `npm start --`
 * @param {string} ownClone absolute path of this repository
 * @returns {string[]}
 */
export function withPath(args, ownClone) {
  return hasPath(args) ? [...args] : [ownClone, ...args];
}

/** @param {readonly string[]} args */
function hasPath(args) {
  return args.some((argument, index) => {
    const before = args[index - 1];
    if (before === '--') return true;
    return !argument.startsWith('-') && !(before !== undefined && optionsWithValue.has(before));
  });
}
