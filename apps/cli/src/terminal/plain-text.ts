/**
 * Text that came from outside (a tag, a subject, a path), safe to print: control characters, which could move the
 * cursor or recolour the terminal, and characters that reorder text are shown as `�`. Line feeds stay.
 */
export function plainText(text: string): string {
  // eslint-disable-next-line no-control-regex -- control characters are what this is about
  return text.replace(
    /[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u200E\u200F\u202A-\u202E\u2066-\u2069]/g,
    '\uFFFD',
  );
}
