const known = new Map<string, boolean>();

/** Whether a text names a time zone with a place; `+02:00` would not know summer time. */
export function isTimeZone(name: string): boolean {
  let result = known.get(name);
  if (result === undefined) {
    result = !/^[+-]/.test(name) && isKnown(name);
    known.set(name, result);
  }
  return result;
}

function isKnown(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
