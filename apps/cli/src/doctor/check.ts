/** One thing that `doctor` looked at. */
export interface Check {
  name: string;
  status: 'ok' | 'warning' | 'failed';
  /** What was found. */
  found: string;
  /** What to do about it; '' when there is nothing to do. */
  next: string;
}

export function ok(name: string, found: string): Check {
  return { name, status: 'ok', found, next: '' };
}

export function warning(name: string, found: string, next: string): Check {
  return { name, status: 'warning', found, next };
}

export function failed(name: string, found: string, next: string): Check {
  return { name, status: 'failed', found, next };
}
