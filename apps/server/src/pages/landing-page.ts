import { type Instant, ROLES } from '@bellwether/core';
import type { User } from '../http/collaborators.ts';
import type { SourceFreshness } from '../operations/freshness.ts';
import type { Readiness } from '../operations/readiness.ts';
import type { ScheduledSource } from '../schedules/scheduler.ts';
import { ageText } from './age-text.ts';
import { type Markup, markup } from './markup.ts';
import { layout } from './layout.ts';
import { roleTexts } from './role-texts.ts';

export interface LandingFacts {
  readiness: Readiness;
  /** Null where nobody is logged in: what is collected is then nobody's business. */
  viewer: { user: User; freshness: readonly SourceFreshness[] | null } | null;
  /** Whether programs of this machine may read without a password. */
  isOpen: boolean;
  schedules: readonly ScheduledSource[];
  metricCount: number;
  /** Host and port under which the browser found this page. */
  host: string;
  now: Instant;
}

/** What this is, whether its data are fresh, and how to ask it. */
export function landingPage(facts: LandingFacts): string {
  const { readiness, viewer } = facts;
  return layout(
    'Bellwether',
    markup`<section>
        <h2>
          ${readiness.isReady ? markup`<span class="badge good">Ready</span>` : markup`<span class="badge bad">Not ready</span> ${readiness.reason}`}
        </h2>
        <p>
          This server owns the warehouse of Bellwether and speaks ClickHouse’s HTTP interface: whatever reads
          ClickHouse reads it, Grafana, DBeaver, Python or <code>curl</code>. ${facts.metricCount} metrics
          stand in the database <code>metrics</code>, each defined once.
        </p>
      </section>
      ${viewer === null ? signInSection : freshnessSection(viewer.freshness, facts)} ${connectSection(facts)}
      ${rolesSection(facts)}`,
  );
}

const signInSection = markup`<section>
  <h2>Data</h2>
  <p>
    How fresh the data are is shown to those who may ask. <a href="/play">Sign in</a> with your name and
    password, then come back here.
  </p>
</section>`;

function freshnessSection(
  freshness: readonly SourceFreshness[] | null,
  { now, schedules }: LandingFacts,
): Markup {
  if (freshness === null) {
    return markup`<section>
      <h2>Data</h2>
      <p>The engine does not say at the moment how fresh the data are.</p>
    </section>`;
  }
  if (freshness.length === 0) {
    return markup`<section>
      <h2>Data</h2>
      <p>
        Nothing has been collected yet. <code>bellwether collect</code> on the machine of this server reads
        what its configuration names.
      </p>
    </section>`;
  }
  return markup`<section>
    <h2>Data</h2>
    <div class="scroll" tabindex="0" role="region" aria-label="How fresh the data are">
      <table>
        <thead>
          <tr>
            <th scope="col">Source</th>
            <th scope="col">Last read</th>
            <th scope="col" class="number">Targets</th>
            <th scope="col">State</th>
          </tr>
        </thead>
        <tbody>
          ${freshness.map((each) => sourceRow(each, now))}
        </tbody>
      </table>
    </div>
    ${scheduleText(schedules)}
  </section>`;
}

function sourceRow({ source, readAt, targets, failing }: SourceFreshness, now: Instant): Markup {
  return markup`<tr>
    <th scope="row">${source}</th>
    <td>
      ${readAt === null ? 'never' : markup`<time datetime="${new Date(readAt).toISOString()}">${ageText(now - readAt)}</time>`}
    </td>
    <td class="number">${targets.toLocaleString('en-GB')}</td>
    <td>${stateBadge(readAt, failing)}</td>
  </tr>`;
}

function stateBadge(readAt: Instant | null, failing: number): Markup {
  if (readAt === null) return markup`<span class="badge bad">never read</span>`;
  if (failing > 0) {
    return markup`<span class="badge warn">${failing.toLocaleString('en-GB')} not read in full</span>`;
  }
  return markup`<span class="badge good">read in full</span>`;
}

function scheduleText(schedules: readonly ScheduledSource[]): Markup {
  if (schedules.length === 0) {
    return markup`<p class="quiet">
      Nothing is scheduled here (<code>schedules</code> in bellwether.yaml): data are as fresh as the last
      <code>bellwether collect</code>.
    </p>`;
  }
  const parts = schedules.map(({ source, isRunning, dueAt }) => {
    const when =
      dueAt === null ? 'is not due again' : `next at ${new Date(dueAt).toISOString().slice(0, 16)}Z`;
    return `${source} ${isRunning ? 'is being read now' : when}`;
  });
  return markup`<p class="quiet">On schedule: ${parts.join('; ')}.</p>`;
}

function connectSection({ host, isOpen }: LandingFacts): Markup {
  const credentials = isOpen ? '' : ' -u "$NAME:$PASSWORD"';
  const port = /:(\d+)$/.exec(host)?.[1] ?? '80';
  return markup`<section>
    <h2>Ask it</h2>
    <p><a href="/play">A page to try a query on</a>, or from elsewhere:</p>
    <h3>curl</h3>
    <pre tabindex="0"><code>curl${credentials} 'http://${host}/?default_format=PrettyCompact' \\
  --data-binary 'SHOW TABLES FROM metrics'</code></pre>
    <h3>Grafana</h3>
    <dl>
      <dt>Data source</dt>
      <dd>ClickHouse, protocol HTTP</dd>
      <dt>Server</dt>
      <dd><code>${host.replace(/:\d+$/, '')}</code>, port <code>${port}</code></dd>
      <dt>User</dt>
      <dd>${isOpen ? 'none is needed on this machine' : 'one of the role dashboards'}</dd>
      <dt>Default database</dt>
      <dd><code>metrics</code></dd>
    </dl>
    <h3>Prometheus</h3>
    <p>
      <a href="/metrics"><code>/metrics</code></a
      >: requests, latencies, rejections, engine and collectors. <code>/healthz</code> and
      <code>/readyz</code> are for whatever keeps this server running.
    </p>
  </section>`;
}

function rolesSection({ isOpen, viewer }: LandingFacts): Markup {
  const who = isOpen
    ? markup`<p>
        Programs of this machine read the metric views without a password. Nobody else reaches this server.
      </p>`
    : markup`<p>Every request brings a user’s name and password. The role of a user says what it may do:</p>`;
  const you =
    viewer === null || isOpen
      ? markup``
      : markup`<p>
          You are <strong>${viewer.user.name}</strong>, of the role <strong>${viewer.user.role}</strong>.
        </p>`;
  return markup`<section>
    <h2>Who may read what</h2>
    ${who}
    <dl>
      ${ROLES.map(
        (role) =>
          markup`<dt>${role}</dt>
            <dd>${roleTexts[role]}</dd>`,
      )}
    </dl>
    ${you}
  </section>`;
}
