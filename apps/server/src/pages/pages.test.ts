import { Script } from 'node:vm';
import { ROLES } from '@bellwether/core';
import { describe, expect, it } from 'vitest';
import { ageText } from './age-text.ts';
import { markup } from './markup.ts';
import { type LandingFacts, landingPage } from './landing-page.ts';
import { playPage, signInPage } from './play-page.ts';
import { playScript } from './play-script.ts';
import { pageHeaders } from './send.ts';
import { favicon, style } from './style.ts';

const NOW = Date.parse('2026-03-02T10:00:00Z');
const EVIL = `<img src=x onerror=alert(1)>"'`;

const facts: LandingFacts = {
  readiness: { isReady: true, reason: 'Ready.' },
  viewer: {
    user: { name: 'ann', role: 'analyst' },
    freshness: [{ source: 'git', readAt: NOW - 3_600_000, triedAt: NOW, targets: 1200, failing: 3 }],
  },
  isOpen: false,
  schedules: [{ source: 'git', dueAt: NOW + 60_000, isRunning: false, last: null }],
  metricCount: 53,
  host: 'metrics.acme.example:8123',
  now: NOW,
};

const pages = {
  landing: landingPage(facts),
  stranger: landingPage({ ...facts, viewer: null }),
  play: playPage({ name: 'ann', role: 'analyst' }),
  'sign in': signInPage(),
};

describe('the landing page', () => {
  it('says how fresh the data are, and what did not end well', () => {
    expect(pages.landing).toContain('1 hour ago');
    expect(pages.landing).toContain('1,200');
    expect(pages.landing).toContain('3 not read in full');
    expect(pages.landing).toContain('next at 2026-03-02T10:01Z');
  });

  it('tells strangers nothing about the data', () => {
    expect(pages.stranger).not.toContain('1 hour ago');
    expect(pages.stranger).not.toContain('next at');
    expect(pages.stranger).toContain('Sign in');
  });

  it('says where something is missing: not ready, nothing collected, freshness unknown', () => {
    const readiness = { isReady: false, reason: 'The engine does not answer.' };
    expect(landingPage({ ...facts, readiness })).toContain('The engine does not answer.');
    const viewer = { user: { name: 'ann', role: 'analyst' as const }, freshness: [] };
    expect(landingPage({ ...facts, viewer })).toContain('Nothing has been collected yet');
    expect(landingPage({ ...facts, viewer: { ...viewer, freshness: null } })).toContain('does not say');
  });

  it('names each role, and the address under which the browser found it', () => {
    for (const role of ROLES) expect(pages.landing).toContain(`<dt>${role}</dt>`);
    expect(pages.landing).toContain('port <code>8123</code>');
  });

  it('escapes whatever comes from elsewhere', () => {
    const page = landingPage({
      ...facts,
      host: EVIL,
      readiness: { isReady: false, reason: EVIL },
      viewer: {
        user: { name: EVIL, role: 'analyst' },
        freshness: [{ source: EVIL, readAt: NOW, triedAt: NOW, targets: 1, failing: 0 }],
      },
    });
    expect(page).not.toContain('<img');
    expect(playPage({ name: EVIL, role: 'bot' })).not.toContain('<img');
  });
});

describe.each(Object.entries(pages))('the page "%s"', (_, page) => {
  it('is accessible in its bones: language, title, one heading, a main part, tags that close', () => {
    expect(page).toMatch(/^<!doctype html>\s*<html lang="en-GB">/);
    expect(page).toMatch(/<title>[^<]+<\/title>/);
    expect(page.match(/<h1>/g)).toHaveLength(1);
    expect(page.match(/<main id="content">/g)).toHaveLength(1);
    const voids = new Set(['meta', 'link']);
    const open: string[] = [];
    for (const [, slash, tag = ''] of page.matchAll(/<(\/?)([a-z][a-z0-9]*)[^>]*?(?<!\/)>/g)) {
      if (slash) expect(open.pop()).toBe(tag);
      else if (!voids.has(tag)) open.push(tag);
    }
    expect(open).toEqual([]);
  });

  it('fits its own policy: nothing inline, nothing from elsewhere', () => {
    expect(page).not.toMatch(/<script(?![^>]* src="\/)/);
    expect(page).not.toMatch(/ style=| on[a-z]+="|javascript:|<style|(?:src|href)="(?:https?:)?\/\//);
  });
});

describe('what pages load', () => {
  it('is a script that parses and never makes HTML of text', () => {
    expect(() => new Script(playScript)).not.toThrow();
    expect(playScript).not.toMatch(/innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval|Function\(/);
  });

  it('finds in the page every element that the script asks for', () => {
    const [, list = ''] = /\[('play'[^\]]+)\]/.exec(playScript) ?? [];
    const ids = [...list.matchAll(/'(\w+)'/g)].map(([, id]) => id);
    expect(ids).toHaveLength(6);
    for (const id of ids) expect(pages.play).toContain(`id="${id}"`);
  });

  it('has light and dark colours, and nothing from elsewhere', () => {
    expect(style).toContain('prefers-color-scheme: dark');
    expect(style).not.toMatch(/url\(|@import/);
    expect(favicon).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg"/);
  });

  it('is sent under a policy without exceptions', () => {
    const policy = pageHeaders['Content-Security-Policy'];
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/unsafe|\*|https?:/);
  });
});

describe('markup', () => {
  it('escapes text, and leaves pieces of its own alone', () => {
    expect(markup`<p title="${`"'\``}">${'<&>'}${markup`<b>${1}</b>`}${[markup`<i></i>`]}</p>`.text).toBe(
      '<p title="&#34;&#39;&#96;">&#60;&#38;&#62;<b>1</b><i></i></p>',
    );
  });
});

describe('ageText', () => {
  it.each([
    [0, 'less than a minute ago'],
    [60_000, '1 minute ago'],
    [7_200_000, '2 hours ago'],
    [86_400_000 * 1500, '1,500 days ago'],
  ])('says %d as "%s"', (age, text) => {
    expect(ageText(age)).toBe(text);
  });
});
