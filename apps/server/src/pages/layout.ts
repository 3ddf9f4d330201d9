import { Markup, markup } from './markup.ts';
import { mark } from './style.ts';

/** A whole page around its content. */
export function layout(title: string, content: Markup, script: '/play.js' | null = null): string {
  const page = markup`<!doctype html>
    <html lang="en-GB">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title}</title>
        <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/bellwether.css" />
        ${script === null ? '' : markup`<script src="${script}" defer></script>`}
      </head>
      <body>
        <a class="skip" href="#content">To the content</a>
        <header>
          <span class="mark" aria-hidden="true">${new Markup(mark)}</span>
          <div>
            <h1><a href="/">Bellwether</a></h1>
            <p>Engineering metrics that can be trusted</p>
          </div>
          <nav aria-label="Pages"><a href="/">Overview</a> <a href="/play">Ask a question</a></nav>
        </header>
        <main id="content">${content}</main>
        <footer>
          <p>Teams and services are measured, people are not.</p>
        </footer>
      </body>
    </html> `;
  return page.text;
}
