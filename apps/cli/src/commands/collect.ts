import { usageError } from '@bellwether/core';
import { storeCatalogue } from '@bellwether/sources';
import { cloneTargets, collectClones, nothingConfigured } from '../collect/collect-clones.ts';
import { collectOrganisations } from '../collect/collect-organisations.ts';
import type { GitHubFlags } from '../collect/github-options.ts';
import { type Collected, firstError, overallStatus } from '../collect/outcome.ts';
import { printPlan } from '../collect/print-plan.ts';
import { collectedJson, collectedText, tellErrors } from '../collect/render-collected.ts';
import { commonOptions, defineCommand } from '../command-line/command.ts';
import { oneOf } from '../command-line/parse.ts';
import { deriveAfter } from '../setup/derive-changed.ts';
import { exitCodeOfStatus } from '../setup/exit-code.ts';
import { type Session, withSession } from '../setup/session.ts';
import { asTyped } from '../terminal/command-name.ts';
import type { Terminal } from '../terminal/terminal.ts';

export const command = defineCommand({
  name: 'collect',
  summary: 'Read what is new from the sources into the warehouse',
  positionals: [],
  options: {
    source: {
      type: 'string',
      value: 'name',
      summary: 'Only this source: git, github; by default those that are configured',
    },
    path: {
      type: 'string',
      value: 'folder',
      multiple: true,
      summary: 'git: a clone, instead of the configured ones',
    },
    org: {
      type: 'string',
      value: 'name',
      multiple: true,
      summary: 'github: an organisation or user, instead of the configured ones',
    },
    repo: { type: 'string', value: 'owner/name', multiple: true, summary: 'github: a single repository' },
    since: {
      type: 'string',
      value: 'date',
      summary:
        'github: only what happened since (2026-01-31, 90d, 2y); a later run without it reads the rest of the past',
    },
    plan: { type: 'boolean', summary: 'github: say what it would take, and store nothing' },
    reserve: {
      type: 'string',
      value: 'amount',
      summary: 'github: what others get who use the same token, as 20% or in points',
    },
    json: { type: 'boolean', summary: 'Print the result as JSON' },
    ...commonOptions,
  },
  examples: [
    'bellwether collect',
    'bellwether collect --source git --path ../shop --path ../payments',
    'bellwether collect --source github --org acme --plan',
    'bellwether collect --repo acme/shop --since 1y --reserve 20%',
  ],
  run: ({ options }, terminal) => {
    const chosen = chooseSource(options);
    return withSession(
      terminal,
      { ...options, mustExist: false, writes: options.plan !== true },
      async (session) => {
        const { config, warehouse, file } = session;
        const clones = chosen === 'github' ? [] : cloneTargets(options.path, session, terminal.cwd);
        const usesGitHub = chosen !== 'git' && hasGitHub(session, options, chosen === 'github');
        if (clones.length === 0 && !usesGitHub) throw nothingConfigured(session);
        if (options.plan === true) {
          if (!usesGitHub) throw usageError('usage', 'Only GitHub has a plan.', 'bellwether collect --help');
          return printPlan(session, options, terminal);
        }
        // Without a configuration there is no catalogue of one's own: that of others in this warehouse stays.
        if (file !== null) await storeCatalogue({ warehouse, config });
        const all: Collected[] = [];
        if (clones.length > 0) all.push(await collectClones(session, clones, terminal));
        if (usesGitHub && !terminal.signal.aborted) {
          all.push(await collectOrganisations(session, options, terminal));
        }
        const status = overallStatus(all.map((each) => each.status));
        if (status !== 'cancelled') {
          await deriveAfter(
            session,
            all.flatMap(({ repositories }) => repositories),
            terminal,
          );
        }
        await print(all, options.json === true, terminal);
        return exitCodeOfStatus(status, firstError({ targets: all.flatMap(({ targets }) => targets) }));
      },
    );
  },
});

/** The source that was named, or that the other flags can only mean; null: whatever is configured. */
function chooseSource(options: GitHubFlags & { source?: string; path?: string[]; plan?: boolean }) {
  const named = options.source === undefined ? null : oneOf('--source', options.source, ['git', 'github']);
  const isAboutGit = options.path !== undefined;
  const gitHubFlag = (['org', 'repo', 'since', 'reserve', 'plan'] as const).find(
    (flag) => options[flag] !== undefined,
  );
  if (isAboutGit && (named === 'github' || options.org !== undefined || options.repo !== undefined)) {
    throw usageError(
      'usage',
      '--path is of the git source.',
      'Collect from git and from GitHub by two commands.',
    );
  }
  if (named === 'git' && gitHubFlag !== undefined) {
    throw usageError('usage', `--${gitHubFlag} is of the github source.`, 'bellwether collect --help');
  }
  if (named !== null) return named;
  if (isAboutGit) return 'git' as const;
  return gitHubFlag === undefined ? null : ('github' as const);
}

function hasGitHub({ config }: Session, { org, repo }: GitHubFlags, isMeant: boolean): boolean {
  if (org !== undefined || repo !== undefined || config.github.organisations.length > 0) return true;
  if (!isMeant) return false;
  throw usageError(
    'no-organisation',
    'Nothing says which organisation or repository of GitHub to collect.',
    'bellwether collect --source github --org <organisation> (or add `github: { organisations: [...] }` to bellwether.yaml)',
  );
}

async function print(all: readonly Collected[], isJson: boolean, terminal: Terminal): Promise<void> {
  await terminal.print(isJson ? collectedJson(all) : asTyped(collectedText(all), terminal.command));
  tellErrors(all, terminal);
}
