import type { User } from '../http/collaborators.ts';
import { markup } from './markup.ts';
import { layout } from './layout.ts';
import { roleTexts } from './role-texts.ts';

const EXAMPLES = [
  ['Which metrics are there?', 'SHOW TABLES FROM metrics'],
  [
    'Deployments a week',
    `SELECT toStartOfWeek(at, 1) AS week, sum(value) AS deployments
FROM metrics.deployment_frequency
GROUP BY week
ORDER BY week DESC
LIMIT 12`,
  ],
  [
    'Median change lead time by service, in hours',
    `SELECT service, round(median(value) / 3600, 1) AS hours, count() AS changes
FROM metrics.change_lead_time
WHERE at > now() - INTERVAL 90 DAY AND is_service_primary AND NOT is_bot AND value IS NOT NULL
GROUP BY service
ORDER BY changes DESC
LIMIT 20`,
  ],
  ['What has a metric?', 'DESCRIBE TABLE metrics.change_lead_time'],
] as const;

/** A page to type a query on. It runs with the browser's own credentials, as any other program's would. */
export function playPage({ name, role }: User): string {
  return layout(
    'Ask a question · Bellwether',
    markup`<section>
        <h2><label for="query">Ask in SQL</label></h2>
        <form id="play">
          <textarea
            id="query"
            name="query"
            rows="8"
            spellcheck="false"
            autocapitalize="off"
            autocomplete="off"
            aria-describedby="hint"
          >
SHOW TABLES FROM metrics</textarea>
          <div class="row">
            <button class="main" type="submit" id="run">Run</button>
            <button type="button" id="stop" disabled>Stop</button>
            <span id="hint" class="quiet"
              ><kbd>Ctrl</kbd> <kbd>Enter</kbd> runs it, <kbd>Esc</kbd> stops it</span
            >
          </div>
        </form>
        <noscript
          ><p>
            This page needs JavaScript. Without it, use <code>curl</code>: see <a href="/">the overview</a>.
          </p></noscript
        >
        <p id="status" role="status" aria-live="polite" class="quiet">
          You are ${name}, of the role ${role}: it ${roleTexts[role]}.
        </p>
        <div id="answer" tabindex="0" role="region" aria-label="Answer"></div>
      </section>
      <section>
        <h2>Examples</h2>
        <ul class="examples">
          ${EXAMPLES.map(([title, sql]) => markup`<li><a href="#${encodeURIComponent(sql)}">${title}</a></li>`)}
        </ul>
      </section>`,
    '/play.js',
  );
}

/** What a browser shows that was not let in; it asks for a name and a password because of the header. */
export function signInPage(): string {
  return layout(
    'Sign in · Bellwether',
    markup`<section>
      <h2>Sign in</h2>
      <p>
        This server asks for a user’s name and password. Whoever runs it has them: they stand in
        <code>serve.users</code> of its bellwether.yaml.
      </p>
      <p><a href="/play">Try again</a></p>
    </section>`,
  );
}
