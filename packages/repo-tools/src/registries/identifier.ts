// Names of folders that cannot be names of constants.
const reserved = new Set(
  (
    'await break case catch class const continue debugger default delete do else enum export extends false finally ' +
    'for function if implements import in interface let new null package private protected public return static ' +
    'super switch this throw true try typeof var void while with yield'
  ).split(' '),
);

/** `changeLeadTime` for `change-lead-time`. */
export function camelCase(kebab: string): string {
  return kebab.replace(/-(.)/g, (_dash, letter: string) => letter.toUpperCase());
}

/** `ChangeLeadTime` for `change-lead-time`. */
export function pascalCase(kebab: string): string {
  const camel = camelCase(kebab);
  return camel.charAt(0).toUpperCase() + camel.slice(1);
}

/** The constant that a folder's export is called in its registry; `importSource` where `import` would be a keyword. */
export function identifierOf(folderName: string, exportName: string): string {
  const camel = camelCase(folderName);
  return reserved.has(camel) ? camel + pascalCase(exportName) : camel;
}
