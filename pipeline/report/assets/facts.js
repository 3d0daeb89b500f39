// The other views of a run: its articles, what went wrong, and how it was made.

function articlesView(articles) {
  const search = h('input', { type: 'search', autocomplete: 'off', placeholder: 'Title, id, source' });
  const table = pagedTable({
    caption: 'Articles',
    columns: [
      {
        label: 'Article',
        of: (row) => row.title ?? row.id,
        cell: (row) => h('a', { href: articleAddress(row), dir: 'auto' }, said(row.title ?? row.id)),
      },
      { label: 'Published', newest: true, of: (row) => row.published, cell: (row) => row.published },
      { label: 'Source', of: (row) => row.source, cell: (row) => row.source && said(row.source) },
      { label: 'Main event', of: (row) => row.main, cell: (row) => row.main && [dot(row.main), typeName(row.main)] },
      { label: 'Events', number: true, of: (row) => row.events, cell: (row) => numbers.format(row.events) },
      { label: 'Id', of: (row) => row.id, cell: (row) => said(row.id) },
    ],
    order: [1, true],
    empty: articles.length ? 'No article matches.' : 'No article became a record.',
    rowProperties: (row) => openedBy(articleAddress(row)),
  });
  const update = () => {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    table.show(
      articles.filter((row) =>
        words.every((word) => [row.title, row.id, row.source].filter(Boolean).join(' ').toLowerCase().includes(word)),
      ),
    );
  };
  search.addEventListener('input', update);
  update();
  return h('div', {}, h('label', { class: 'field' }, h('span', {}, 'Search'), search), table.element);
}

function problemsView(articles) {
  const failures = pagedTable({
    caption: 'Failures',
    columns: [
      { label: 'Input', of: (one) => one.id, cell: (one) => said(one.id) },
      { label: 'Reason', of: (one) => one.reason, cell: (one) => h('code', {}, one.reason) },
      { label: 'Stage', of: (one) => one.stage, cell: (one) => one.stage },
      { label: 'Message', of: (one) => one.message, cell: (one) => said(one.message) },
      { label: 'Path', of: (one) => one.path, cell: (one) => one.path && said(one.path) },
    ],
    order: [1, false],
    empty: 'Every input became a record.',
  });
  failures.show(index.failures);
  const reasons = counted(index.failures.map((one) => one.reason)).map(([reason, count]) => [
    `${reason} · ${numbers.format(count)}`,
    index.reasons[reason] ?? '',
  ]);
  const warnings = pagedTable({
    caption: 'Warnings',
    columns: [
      {
        label: 'Article',
        of: (one) => articles[one.article].id,
        cell: (one) =>
          h(
            'a',
            { href: articleAddress(articles[one.article]) },
            said(articles[one.article].title ?? articles[one.article].id),
          ),
      },
      { label: 'Warning', of: (one) => one.code, cell: (one) => h('code', {}, one.code) },
      { label: 'Stage', of: (one) => one.stage, cell: (one) => one.stage },
      { label: 'Message', of: (one) => one.message, cell: (one) => said(one.message) },
    ],
    order: [1, false],
    empty: 'No warnings.',
  });
  warnings.show(rowsOf(index.warnings));
  return h(
    'div',
    {},
    h('h2', {}, many(index.failures.length, 'failure')),
    reasons.length ? facts(reasons) : null,
    failures.element,
    h('h2', {}, many(index.warnings.rows.length, 'warning')),
    warnings.element,
  );
}

/** Numbers by name as bars, the largest first. */
function barList(title, values, unit = '') {
  const entries = Object.entries(values ?? {}).sort(([, one], [, other]) => other - one);
  if (!entries.length) return null;
  const most = Math.max(...entries.map(([, value]) => value), Number.MIN_VALUE);
  const row = ([name, value]) =>
    h('div', {}, h('dt', {}, typeName(name)), h('dd', {}, shareBar(value / most), `${numbers.format(value)}${unit}`));
  return h('section', {}, h('h3', {}, title), h('dl', { class: 'bar-list' }, entries.map(row)));
}

function runView() {
  const { manifest, stats } = index;
  if (!manifest && !stats) return h('p', { class: 'note' }, 'This folder has neither manifest.json nor stats.json.');
  const versions = manifest && [
    ['Input', said(manifest.source)],
    ['Options', Object.keys(manifest.options ?? {}).length ? h('code', {}, JSON.stringify(manifest.options)) : null],
    ['Dateline', manifest.dateline],
    ['Record contract', manifest.schema_version],
    ['Python', manifest.python],
    ['spaCy', manifest.spacy],
    ['Model', manifest.model && `${manifest.model.name} ${manifest.model.version}`],
    [
      'Gazetteer',
      manifest.gazetteer &&
        `${numbers.format(manifest.gazetteer.places)} places, ${numbers.format(manifest.gazetteer.names)} names`,
    ],
    ['Hash of the inputs', manifest.inputs && h('code', {}, manifest.inputs.sha256)],
    ['Hash of the configuration', manifest.config && h('code', {}, manifest.config.sha256)],
  ];
  const counts =
    stats &&
    ['articles', 'records', 'failures', 'events', 'casualties', 'places', 'entities'].map((name) => [
      sentence(name),
      stats[name] === undefined ? null : numbers.format(stats[name]),
    ]);
  return h(
    'div',
    { class: 'run' },
    stats &&
      h(
        'section',
        {},
        h('h3', {}, 'Found'),
        facts([...counts, ['Seconds', stats.seconds], ['Articles a second', stats.articles_per_second]]),
      ),
    versions && h('section', {}, h('h3', {}, 'Made with'), facts(versions)),
    barList('Events by type', stats?.events_by_type),
    barList('Seconds by stage', stats?.seconds_by_stage, ' s'),
    barList('Warnings by code', stats?.warnings_by_code),
    barList('Left out on purpose', stats?.skipped_by_reason),
    manifest &&
      h(
        'details',
        { class: 'whole' },
        h('summary', {}, 'The whole manifest'),
        h('pre', { tabindex: '0' }, JSON.stringify(manifest, null, 2)),
      ),
  );
}
