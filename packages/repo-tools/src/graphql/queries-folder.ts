/** Where the queries of the GitHub source and their generated types stand, relative to the root. */
export const queriesFolder = 'packages/sources/src/github/queries';
