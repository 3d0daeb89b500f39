// Begin here: the page, its views as tabs, and the address (#read/…) that says which article is open.

const wide = matchMedia('(min-width: 70rem)');
const allArticles = rowsOf(index.articles);
const articleAddress = (row, ref = '') => `#read/${encodeURIComponent(row.id)}/${encodeURIComponent(ref)}`;

const VIEWS =
  index.kind === 'run'
    ? [
        ['events', 'Events', () => eventsView(prepareEvents(allArticles))],
        index.incidents && ['incidents', 'Incidents', () => incidentsView(allArticles)],
        ['articles', 'Articles', () => articlesView(allArticles)],
        [
          'problems',
          `Problems (${numbers.format(index.failures.length + index.warnings.rows.length)})`,
          () => problemsView(allArticles),
        ],
        ['run', 'Run', runView],
      ].filter(Boolean)
    : [
        ['figures', 'Figures', figuresView],
        ['compared', 'Articles', () => comparedView(allArticles)],
        ['mistakes', 'Mistakes', () => mistakesView(allArticles)],
      ];

const tabs = new Map();

/** Builds the view when it is first shown. */
function showView(name) {
  for (const [other, { tab, panel, make }] of tabs) {
    const chosen = other === name;
    tab.setAttribute('aria-selected', String(chosen));
    tab.tabIndex = chosen ? 0 : -1;
    panel.hidden = !chosen;
    if (chosen && !panel.firstChild) panel.append(make());
  }
}

function tabList() {
  const list = h('div', { class: 'tabs', role: 'tablist', 'aria-label': 'Views' });
  for (const [name, label, make] of VIEWS) {
    const panel = h('section', {
      role: 'tabpanel',
      id: `view-${name}`,
      'aria-labelledby': `tab-${name}`,
      hidden: true,
    });
    const tab = h(
      'button',
      {
        type: 'button',
        role: 'tab',
        id: `tab-${name}`,
        'aria-controls': `view-${name}`,
        onclick: () => showView(name),
      },
      label,
    );
    tabs.set(name, { tab, panel, make });
    list.append(tab);
  }
  list.addEventListener('keydown', (event) => {
    const names = [...tabs.keys()];
    const at = names.findIndex((name) => tabs.get(name).tab === document.activeElement);
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step || at < 0) return;
    const to = names[(at + step + names.length) % names.length];
    showView(to);
    tabs.get(to).tab.focus();
    event.preventDefault();
  });
  return list;
}

function summaryText() {
  if (index.kind === 'evaluation')
    return `${many(allArticles.length, 'article')} · ${many(index.mistakes.rows.length, 'mistake')}`;
  const parts = [many(allArticles.length, 'article'), many(index.events.rows.length, 'event')];
  if (index.incidents) parts.push(many(index.incidents.rows.length, 'incident'));
  if (index.failures.length) parts.push(many(index.failures.length, 'failure'));
  return parts.join(' · ');
}

const THEMES = ['light dark', 'light', 'dark'];
const THEME_NAMES = ['Theme: auto', 'Theme: light', 'Theme: dark'];

function themeButton() {
  let theme = 0;
  const button = h('button', { type: 'button', class: 'quiet theme' }, THEME_NAMES[0]);
  button.addEventListener('click', () => {
    theme = (theme + 1) % THEMES.length;
    document.documentElement.style.colorScheme = theme ? THEMES[theme] : '';
    button.textContent = THEME_NAMES[theme];
    themeChanged();
  });
  return button;
}

/** Shows the article that the address names, or none. */
function follow() {
  const [, id, ref] = location.hash.match(/^#read\/([^/]*)\/(.*)$/) ?? [];
  const row = id === undefined ? null : allArticles.find((one) => one.id === decoded(id));
  if (row) reader.open(row, { ref: decoded(ref) || null });
  else reader.close();
}

function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** Goes to an address within the page; the empty one closes the article. */
function go(address) {
  if (location.hash === address) follow();
  else if (address) location.hash = address;
  else {
    history.pushState(null, '', location.pathname + location.search);
    follow();
  }
}

/** Beside an open article the list is narrow and shows its row; on a phone the article covers it. */
function layoutChanged() {
  const reading = !reader.pane.hidden;
  for (const element of [page.main, page.top, page.foot]) element.inert = reading && !wide.matches;
  for (const fold of page.main.querySelectorAll('details.more')) fold.open = wide.matches && !reading;
  for (const row of page.main.querySelectorAll('tr.current')) row.classList.remove('current');
  const current = reading ? page.main.querySelector(`tr[data-address="${CSS.escape(location.hash)}"]`) : null;
  current?.classList.add('current');
  if (wide.matches) current?.scrollIntoView({ block: 'nearest' });
}

const page = {
  top: h(
    'header',
    { class: 'top' },
    h(
      'div',
      { class: 'title' },
      h('h1', {}, index.kind === 'run' ? 'Dateline report' : 'Dateline evaluation'),
      h('p', { class: 'meta' }, said(index.name), ` · ${summaryText()}`),
      themeButton(),
    ),
    tabList(),
  ),
  main: h(
    'main',
    { id: 'main', tabindex: '-1' },
    [...tabs.values()].map(({ panel }) => panel),
  ),
  foot: h(
    'footer',
    {},
    h(
      'p',
      {},
      'Reported is not verified: read the words before you use a figure. ',
      index.kind === 'run'
        ? 'Map: Natural Earth (public domain). Places: contains data from GeoNames, CC BY 4.0.'
        : null,
    ),
  ),
};

const skip = h(
  'a',
  { class: 'skip', href: '#main', onclick: (event) => (event.preventDefault(), page.main.focus()) },
  'Skip to the content',
);
document
  .getElementById('app')
  .append(
    skip,
    page.top,
    h('div', { class: 'columns' }, h('div', { class: 'list' }, page.main, page.foot), reader.pane),
    liveRegion,
  );
addEventListener('hashchange', follow);
addEventListener('keydown', (event) => event.key === 'Escape' && !reader.pane.hidden && go(''));
wide.addEventListener('change', layoutChanged);
showView(VIEWS[0][0]);
follow();
