import { createContext, runInContext } from 'node:vm';
import { playScript } from '../pages/play-script.ts';

/** As much of a browser's element as `/play` uses. */
class StandInElement {
  readonly name: string;
  children: StandInElement[] = [];
  value = '';
  disabled = false;
  className = '';
  #text = '';
  readonly #listeners = new Map<string, (event: object) => void>();

  constructor(name: string) {
    this.name = name;
  }

  get textContent(): string {
    return this.#text + this.children.map(({ textContent }) => textContent).join('|');
  }

  set textContent(text: string) {
    this.#text = text;
    this.children = [];
  }

  get rows(): { cells: StandInElement[] }[] {
    return this.children.map(({ children }) => ({ cells: children }));
  }

  get firstChild(): StandInElement | null {
    return this.children[0] ?? null;
  }

  append(...children: StandInElement[]): void {
    this.children.push(...children);
  }

  replaceChildren(...children: StandInElement[]): void {
    this.children = children;
    this.#text = '';
  }

  addEventListener(type: string, listener: (event: object) => void): void {
    this.#listeners.set(type, listener);
  }

  focus(): void {}

  fire(type: string): void {
    this.#listeners.get(type)?.({ preventDefault: () => {} });
  }
}

export interface PlayBrowser {
  query: StandInElement;
  run: StandInElement;
  stop: StandInElement;
  /** Runs the query and resolves when the page says that it is done. */
  ask(sql: string): Promise<{ status: string; head: string[]; rows: string[][]; text: string }>;
}

/** The page `/play` on a server, in a stand-in for a browser. */
export function playOn(url: string, headers: Record<string, string>, hash = ''): PlayBrowser {
  const elements = new Map(
    ['play', 'query', 'run', 'stop', 'status', 'answer'].map((id) => [id, new StandInElement(id)]),
  );
  const element = (id: string): StandInElement => elements.get(id)!;
  const document = {
    getElementById: element,
    createElement: (name: string) => new StandInElement(name),
    addEventListener: () => {},
  };
  const globals = {
    ...{ document, location: { hash }, performance, AbortController, TextDecoderStream, TypeError, Error },
    window: { addEventListener: () => {} },
    fetch: (path: string, init: RequestInit) => fetch(url + path, { ...init, headers }),
    ...{ JSON, decodeURIComponent },
  };
  runInContext(playScript, createContext(globals));
  return {
    query: element('query'),
    run: element('run'),
    stop: element('stop'),
    async ask(sql) {
      element('query').value = sql;
      element('play').fire('submit');
      while (element('run').disabled) await new Promise((resolve) => setTimeout(resolve, 10));
      const [head, body] = element('answer').firstChild?.children ?? [];
      const texts = (row: StandInElement): string[] => row.children.map(({ textContent }) => textContent);
      return {
        status: element('status').textContent,
        head: head?.children.flatMap(texts) ?? [],
        rows: body?.children.map(texts) ?? [],
        text: element('answer').textContent,
      };
    },
  };
}
