/** Of every page. System fonts and colours that follow the reader's choice of light or dark; nothing from elsewhere. */
export const style = `
:root {
  color-scheme: light dark;
  --paper: #fbfaf7; --card: #ffffff; --ink: #1d2330; --quiet: #5b6475; --line: #e3e0d8;
  --accent: #8a4b08; --accent-ink: #ffffff; --code: #f3f0e9;
  --good: #1a6b3c; --good-back: #e3f3e8; --bad: #9b1c1c; --bad-back: #fbe6e4; --warn: #7a5200; --warn-back: #fbf0d5;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #14171d; --card: #1b1f27; --ink: #e8e6e1; --quiet: #a2aab8; --line: #2d333e;
    --accent: #f0b35b; --accent-ink: #1d1403; --code: #11141a;
    --good: #7fd6a0; --good-back: #16301f; --bad: #ff9d94; --bad-back: #3a1a1a; --warn: #f3cd7a; --warn-back: #352a10;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  margin: 0 auto; padding: clamp(1rem, 4vw, 2.5rem) clamp(1rem, 4vw, 2rem) 3rem; max-width: 64rem;
  background: var(--paper); color: var(--ink);
  font: 1rem/1.55 system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif;
}
a { color: var(--accent); text-underline-offset: .2em; }
a:hover { text-decoration-thickness: 2px; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
.skip { position: absolute; left: -100rem; }
.skip:focus { position: static; }
header { display: flex; flex-wrap: wrap; align-items: center; gap: .75rem 1.25rem; margin-bottom: 1.75rem; }
header .mark { width: 2.5rem; height: 2.5rem; color: var(--accent); flex: none; }
header h1 { font-size: 1.5rem; line-height: 1.2; margin: 0; letter-spacing: -.01em; }
header h1 a { color: inherit; text-decoration: none; }
header p { margin: .15rem 0 0; color: var(--quiet); }
nav { margin-left: auto; display: flex; gap: 1.1rem; }
section { background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 1.1rem 1.25rem 1.25rem; margin: 0 0 1.25rem; }
h2 { font-size: 1.1rem; margin: 0 0 .6rem; }
h3 { font-size: .95rem; margin: 1.1rem 0 .3rem; }
p { margin: .4rem 0; max-width: 44rem; }
.quiet { color: var(--quiet); }
.badge { display: inline-block; padding: .1rem .6rem; border-radius: 99px; font-size: .85rem; font-weight: 600; white-space: nowrap; }
.good { color: var(--good); background: var(--good-back); }
.warn { color: var(--warn); background: var(--warn-back); }
.bad { color: var(--bad); background: var(--bad-back); }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { text-align: left; padding: .45rem .9rem .45rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
th { font-size: .85rem; color: var(--quiet); font-weight: 600; }
tr:last-child > * { border-bottom: 0; }
td.number, th.number { text-align: right; padding-right: 1.5rem; }
code, pre, textarea { font: .875rem/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, 'Liberation Mono', monospace; }
code { background: var(--code); border-radius: 4px; padding: .1em .3em; overflow-wrap: anywhere; }
pre { background: var(--code); border-radius: 8px; padding: .7rem .9rem; margin: .3rem 0 .6rem; overflow-x: auto; }
pre code { padding: 0; background: none; overflow-wrap: normal; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .3rem 1.1rem; margin: .4rem 0; }
dt { font-weight: 600; }
dd { margin: 0; }
textarea { display: block; width: 100%; min-height: 9rem; padding: .75rem .9rem; color: inherit; background: var(--code); border: 1px solid var(--line); border-radius: 8px; resize: vertical; }
.row { display: flex; flex-wrap: wrap; align-items: center; gap: .6rem 1rem; margin: .8rem 0; }
button { font: inherit; font-weight: 600; min-height: 2.75rem; padding: .45rem 1.2rem; border-radius: 8px; border: 1px solid var(--line); background: transparent; color: inherit; cursor: pointer; }
button.main { background: var(--accent); border-color: var(--accent); color: var(--accent-ink); }
button:disabled { opacity: .5; cursor: default; }
ul.examples { list-style: none; margin: .3rem 0; padding: 0; }
ul.examples a { display: block; padding: .45rem 0; overflow-wrap: anywhere; }
kbd { font: .8rem ui-monospace, monospace; border: 1px solid var(--line); border-bottom-width: 2px; border-radius: 4px; padding: .05rem .35rem; }
#status { white-space: pre-wrap; overflow-wrap: anywhere; max-width: none; }
#answer:empty { display: none; }
#answer { max-height: 70vh; overflow: auto; border-top: 1px solid var(--line); }
#answer th { position: sticky; top: 0; background: var(--card); }
#answer td { white-space: pre-wrap; overflow-wrap: anywhere; min-width: 5rem; }
#answer .nothing { color: var(--quiet); font-style: italic; }
footer { color: var(--quiet); font-size: .9rem; }
@media (max-width: 34rem) {
  nav { margin-left: 0; width: 100%; }
  dl { grid-template-columns: 1fr; gap: 0; }
  dd { margin-bottom: .6rem; }
}
@media print { nav, .row { display: none; } section { break-inside: avoid; } }
`.trimStart();

/** The bell of a bellwether: the sheep that the others follow. */
export const mark = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32" fill="none" stroke="currentColor" stroke-width="2.2" stroke-linecap="round" stroke-linejoin="round"><path d="M16 5v-2M6.5 23c2-2 2.5-4.5 2.5-8a7 7 0 0 1 14 0c0 3.5 .5 6 2.5 8z"/><path d="M13 26.5a3 3 0 0 0 6 0"/></svg>`;
/** The same for the tab of a browser, which gives it no colour. */
export const favicon = mark.replace('currentColor', '#b8691a');
