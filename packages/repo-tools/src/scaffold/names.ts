import { camelCase, identifierOf, pascalCase } from '../registries/identifier.ts';

/** The forms of a name that a template can ask for, by token. */
export interface NameForms {
  /** `change-lead-time` */
  name: string;
  /** `changeLeadTime`; `importSource` where the plain form is a keyword. */
  identifier: string;
  /** `ChangeLeadTime` */
  typeName: string;
  /** `change_lead_time` */
  sqlName: string;
  /** `Change lead time` */
  title: string;
}

const kebabCase = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/** What is wrong with a name, in a sentence; null when it will do. Dots and slashes never will, and so no path can hide in one. */
export function objectionToName(name: string): string | null {
  if (name.length > 60) return 'The name is longer than 60 characters.';
  if (kebabCase.test(name)) return null;
  return `${JSON.stringify(name.slice(0, 80))} is not kebab-case: small letters and digits, words joined by dashes, a letter first.`;
}

/** Every form of a valid kebab-case name. */
export function formsOf(name: string, exportName: string): NameForms {
  const words = name.replaceAll('-', ' ');
  return {
    name,
    identifier: identifierOf(name, exportName),
    typeName: pascalCase(camelCase(name)),
    sqlName: name.replaceAll('-', '_'),
    title: words.charAt(0).toUpperCase() + words.slice(1),
  };
}
