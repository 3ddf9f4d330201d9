import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { NameForms } from './names.ts';

/** A file that is about to be written. */
export interface NewFile {
  /** Relative to the new folder, with forward slashes. */
  path: string;
  text: string;
}

/**
 * Templates end in `.template`, so that neither compiler, linter, formatter nor test runner takes
 * them for code of this repository. Their paths may hold tokens as well.
 */
const ending = '.template';

/**
 * Every file of a template with its tokens (`{{name}}`) filled in.
 *
 * @throws Error when a template names a token that is none, rather than writing it into the new folder
 */
export function renderTemplate(templateFolder: string, forms: NameForms): NewFile[] {
  return listFiles(templateFolder)
    .filter((file) => file.endsWith(ending))
    .map((file) => ({
      path: fillIn(file.slice(0, -ending.length), forms),
      text: fillIn(readFileSync(path.join(templateFolder, file), 'utf8'), forms),
    }));
}

/** The kinds that have a template. */
export function templateKinds(templatesFolder: string): string[] {
  if (!existsSync(templatesFolder)) return [];
  return readdirSync(templatesFolder).sort();
}

function fillIn(text: string, forms: NameForms): string {
  return text.replace(/\{\{(\w+)\}\}/g, (token, name: string) => {
    if (isForm(name, forms)) return forms[name];
    throw new Error(`A template says ${token}; it may say ${Object.keys(forms).join(', ')}.`);
  });
}

function isForm(name: string, forms: NameForms): name is keyof NameForms {
  return Object.hasOwn(forms, name);
}

function listFiles(folder: string, below = ''): string[] {
  return readdirSync(path.join(folder, below), { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const file = path.posix.join(below, entry.name);
      return entry.isDirectory() ? listFiles(folder, file) : [file];
    });
}
