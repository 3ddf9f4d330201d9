/** A name that came with line breaks, on the line on which it stands: each break is shown as `␤`. */
export function oneLine(text: string): string {
  return text.replace(/\r\n|[\n\r\u0085\u2028\u2029]/g, '␤');
}

/**
 * Text that came from outside (a tag, a subject, a path), safe to print: control characters, which could move the
 * cursor or recolour the terminal, and characters that reorder text are shown as `�`. Line feeds stay.
 */
export function plainText(text: string): string {
  return text.replace(/(?!\n)[\p{Cc}\p{Bidi_Control}]/gu, '\uFFFD');
}
