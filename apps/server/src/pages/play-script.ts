/**
 * What `/play` runs, as plain text: pages have no build. It puts everything that comes from the server into the page as
 * text, never as HTML, and stops reading after so many rows: leaving ends the query in the engine.
 */
export const playScript = `'use strict';
(() => {
  const MOST_ROWS = 1000;
  const FORMAT = 'JSONCompactEachRowWithNamesAndTypes';
  const byId = (id) => document.getElementById(id);
  const [form, query, run, stop, status, answer] =
    ['play', 'query', 'run', 'stop', 'status', 'answer'].map(byId);
  let controller = null;

  const say = (text) => { status.textContent = text; };
  const cell = (name, text) => {
    const element = document.createElement(name);
    if (text === null) {
      element.textContent = 'null';
      element.className = 'nothing';
    } else {
      element.textContent = typeof text === 'object' ? JSON.stringify(text) : String(text);
    }
    return element;
  };
  const rowOf = (name, values) => {
    const row = document.createElement('tr');
    row.append(...values.map((value) => cell(name, value)));
    return row;
  };

  /** Lines of a streamed answer; the last one may come without an end. */
  async function* linesOf(response) {
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = '';
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      const lines = (rest + value).split('\\n');
      rest = lines.pop();
      yield* lines;
    }
    if (rest !== '') yield rest;
  }

  async function showTable(response) {
    const table = document.createElement('table');
    const body = document.createElement('tbody');
    let head = null;
    let hasTypes = false;
    let count = 0;
    for await (const line of linesOf(response)) {
      if (line === '') continue;
      let values;
      try {
        values = JSON.parse(line);
      } catch {
        throw new Error(line);
      }
      if (head === null) {
        head = document.createElement('thead');
        head.append(rowOf('th', values));
        table.append(head, body);
        answer.replaceChildren(table);
      } else if (!hasTypes) {
        hasTypes = true;
        [...head.rows[0].cells].forEach((each, at) => { each.title = values[at]; each.scope = 'col'; });
      } else if (count < MOST_ROWS) {
        body.append(rowOf('td', values));
        count += 1;
      } else {
        controller.abort();
        return 'The first ' + MOST_ROWS.toLocaleString() + ' rows; there are more.';
      }
    }
    return count.toLocaleString() + (count === 1 ? ' row' : ' rows');
  }

  async function showText(response) {
    const text = document.createElement('pre');
    text.textContent = (await response.text()).slice(0, 1000000);
    answer.replaceChildren(text);
    return 'As ' + (response.headers.get('X-ClickHouse-Format') || 'text');
  }

  async function ask() {
    if (controller) controller.abort();
    const own = controller = new AbortController();
    const started = performance.now();
    answer.replaceChildren();
    run.disabled = true;
    stop.disabled = false;
    say('Running …');
    try {
      const response = await fetch('/?default_format=' + FORMAT, {
        method: 'POST', body: query.value, signal: own.signal,
        credentials: 'same-origin', cache: 'no-store', referrerPolicy: 'no-referrer',
      });
      if (!response.ok) throw new Error((await response.text()).slice(0, 4000));
      const isTable = response.headers.get('X-ClickHouse-Format') === FORMAT;
      const told = await (isTable ? showTable(response) : showText(response));
      say(told + ', ' + ((performance.now() - started) / 1000).toFixed(2) + ' s');
    } catch (error) {
      if (controller !== own) return;
      const isBroken = error instanceof TypeError;
      const broken = answer.firstChild ? 'The answer broke off: it is not whole.' : 'The server does not answer.';
      say(own.signal.aborted ? 'Stopped.' : isBroken ? broken : error.message);
    } finally {
      if (controller === own) {
        controller = null;
        run.disabled = false;
        stop.disabled = true;
      }
    }
  }

  form.addEventListener('submit', (event) => { event.preventDefault(); ask(); });
  stop.addEventListener('click', () => { if (controller) controller.abort(); });
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) { event.preventDefault(); ask(); }
    if (event.key === 'Escape' && controller) controller.abort();
  });
  // What follows # is put into the field and never run by itself: a link must not ask in somebody's name.
  const take = () => {
    if (location.hash.length < 2) return;
    try {
      query.value = decodeURIComponent(location.hash.slice(1));
    } catch {
      return;
    }
    query.focus();
  };
  window.addEventListener('hashchange', take);
  take();
})();
`;
