// An evaluation: figures by slot, mistakes, and each article with gold beside prediction.

const percent = (value) => (value === null ? NONE : value.toFixed(3));

/** Gold, precision, recall and F1 of every figure, for all articles and those with a row of their own. */
function figuresView() {
  const scopes = Object.entries(index.scopes);
  const figures = Object.keys(scopes[0][1].figures);
  const titles = ['Gold', 'P', 'R', 'F1'];
  const top = h(
    'tr',
    {},
    h('th', { scope: 'col', rowspan: '2' }, 'Figure'),
    scopes.map(([name, scope]) =>
      h(
        'th',
        { scope: 'colgroup', colspan: '4', class: 'scope' },
        said(name),
        h('small', {}, ` ${many(scope.articles, 'article')}`),
      ),
    ),
  );
  const second = h(
    'tr',
    {},
    scopes.flatMap(() => titles.map((title) => h('th', { scope: 'col', class: 'number' }, title))),
  );
  const cells = (figure) => {
    if (!figure) return titles.map(() => h('td', { class: 'number' }, NONE));
    const meter = figure.f1 === null ? null : shareBar(figure.f1);
    return [
      h('td', { class: 'number' }, numbers.format(figure.tp + figure.fn)),
      h('td', { class: 'number' }, percent(figure.precision)),
      h('td', { class: 'number' }, percent(figure.recall)),
      h('td', { class: 'number f1' }, meter, percent(figure.f1)),
    ];
  };
  const row = (name) =>
    h(
      'tr',
      {},
      h(
        'th',
        { scope: 'row' },
        h('button', { type: 'button', class: 'value', onclick: () => showMistakes(name) }, name),
      ),
      scopes.map(([, scope]) => cells(scope.figures[name])),
    );
  const medians = scopes
    .map(([name, scope]) => `${name}: ${scope.median_km === null ? NONE : scope.median_km.toFixed(1)} km`)
    .join(', ');
  return h(
    'div',
    {},
    h(
      'div',
      { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': 'Figures' },
      h(
        'table',
        { class: 'figures' },
        h('caption', { class: 'hidden' }, 'Precision, recall and F1 by figure'),
        h('thead', {}, top, second),
        h('tbody', {}, figures.map(row)),
      ),
    ),
    h(
      'p',
      { class: 'note' },
      `Median distance between gold and resolved places: ${medians}. Gold `,
      h('code', {}, index.gold.slice(0, 12)),
      '. Choose a figure to see its mistakes.',
    ),
  );
}

/** "the words [[that]] are meant" with these marked. */
function inContext(text) {
  const [, before, words, after] = text.match(/^(.*?)\[\[(.*?)\]\](.*)$/s) ?? [];
  return words === undefined ? said(text) : h('bdi', {}, before, h('mark', {}, words), after);
}

const faultTag = (kind) => h('span', { class: `tag mistake-${kind.replace(' ', '-')}` }, kind);

/** Shows the mistakes of one figure; mistakesView says how. */
function showMistakes(name) {
  showView('mistakes');
  chooseFigure(name);
}

let chooseFigure = null;

function mistakesView(articles) {
  const mistakes = rowsOf(index.mistakes);
  const address = (one) => articleAddress(articles[one.article], one.start === null ? '' : `@${one.start}-${one.end}`);
  const names = counted(mistakes.map((one) => one.figure));
  const figure = h(
    'select',
    {},
    h('option', { value: '' }, 'All figures'),
    names.map(([name, n]) => h('option', { value: name }, `${name} (${n})`)),
  );
  const kind = h(
    'select',
    {},
    h('option', { value: '' }, 'All kinds'),
    counted(mistakes.map((one) => one.kind)).map(([name, n]) => h('option', { value: name }, `${name} (${n})`)),
  );
  const result = h('p', { class: 'result', role: 'status' });
  const table = pagedTable({
    caption: 'Mistakes',
    columns: [
      {
        label: 'Article',
        of: (one) => one.article,
        cell: (one) => h('a', { href: address(one) }, said(articles[one.article].id)),
      },
      { label: 'Figure', of: (one) => one.figure, cell: (one) => h('code', {}, one.figure) },
      { label: 'Mistake', of: (one) => one.kind, cell: (one) => faultTag(one.kind) },
      { label: 'Gold', of: (one) => one.gold, cell: (one) => one.gold && said(one.gold) },
      { label: 'Predicted', of: (one) => one.predicted, cell: (one) => one.predicted && said(one.predicted) },
      { label: 'Words', of: (one) => one.start, cell: (one) => inContext(one.context) },
    ],
    order: [0, false],
    empty: 'No mistakes.',
    rowProperties: (one) => openedBy(address(one)),
  });
  const update = () => {
    const found = mistakes.filter(
      (one) => (!figure.value || one.figure === figure.value) && (!kind.value || one.kind === kind.value),
    );
    result.textContent =
      found.length === mistakes.length
        ? many(mistakes.length, 'mistake')
        : `${numbers.format(found.length)} of ${many(mistakes.length, 'mistake')}`;
    table.show(found);
  };
  figure.addEventListener('input', update);
  kind.addEventListener('input', update);
  chooseFigure = (name) => {
    // a figure without a mistake has no entry
    if (!names.some(([known]) => known === name)) figure.append(h('option', { value: name }, `${name} (0)`));
    figure.value = name;
    update();
  };
  update();
  return h(
    'div',
    {},
    h(
      'form',
      { class: 'filters fields', onsubmit: (event) => event.preventDefault() },
      h('label', { class: 'field' }, h('span', {}, 'Figure'), figure),
      h('label', { class: 'field' }, h('span', {}, 'Mistake'), kind),
    ),
    result,
    table.element,
  );
}

function comparedView(articles) {
  const table = pagedTable({
    caption: 'Articles',
    columns: [
      { label: 'Article', of: (row) => row.id, cell: (row) => h('a', { href: articleAddress(row) }, said(row.id)) },
      { label: 'Title', of: (row) => row.title, cell: (row) => row.title && said(row.title) },
      ...['missed', 'false alarms', 'wrong'].map((name) => ({
        label: sentence(name),
        number: true,
        of: (row) => row[name],
        cell: (row) => numbers.format(row[name]),
      })),
      { label: 'Failed', of: (row) => row.failure, cell: (row) => row.failure && said(row.failure) },
    ],
    order: [2, true],
    empty: 'No articles.',
    rowProperties: (row) => openedBy(articleAddress(row)),
  });
  table.show(articles);
  return table.element;
}

/** Gold beside prediction in the reading pane; returns the function that jumps to words. */
function showComparison(pane, row, { article, text, gold, said: predicted }) {
  const words = slicer(text);
  const mistakes = rowsOf(index.mistakes).filter((one) => allArticles[one.article] === row);
  const inspector = h('div', {
    class: 'inspector',
    role: 'region',
    'aria-live': 'polite',
    'aria-label': 'What was chosen',
  });
  const side = (title, record, kinds) => {
    if (!record)
      return { title, pieces: [], element: h('p', { class: 'note' }, `No record: ${row.failure ?? 'it failed'}`) };
    const values = valuesById(restore(record, words));
    const annotations = annotationsOf(record);
    const marked = mistakes.filter((one) => one.start !== null && kinds.includes(one.kind));
    const shown = annotatedText(text, {
      annotations,
      mistakes: marked,
      headlineEnd: headlineEnd(article, text),
      label: title,
      pick: (piece) => jump({ span: narrowest(piece) }),
    });
    return { title, values, annotations, ...shown };
  };
  // a miss is shown where gold has it, a false alarm where the prediction has it, a wrong value on both sides
  const sides = [side('Gold', gold, ['missed', 'wrong']), side('Predicted', predicted, ['false alarm', 'wrong'])];

  function jump({ span, ref }) {
    const at = span ?? (ref?.startsWith('@') ? spanOf(ref) : null);
    if (!at) return;
    const blocks = sides.map(({ title, pieces, annotations = [], values }) => {
      const byRef = new Map();
      for (const one of annotations)
        if (one.start < at.end && one.end > at.start) byRef.set(one.ref, [...(byRef.get(one.ref) ?? []), one.part]);
      const first =
        light(
          pieces,
          annotations.filter((one) => byRef.has(one.ref)),
          at,
        ) ?? pieces.find((piece) => piece.end > at.start);
      if (first) focusPiece(pieces, first);
      const found = [...byRef].map(([id, parts]) => details(id, parts, values, jump)).filter(Boolean);
      return h(
        'div',
        {},
        h('h3', {}, title),
        found.length ? found : h('p', { class: 'note' }, 'These words stand for nothing here.'),
      );
    });
    const here = mistakes.filter((one) => one.start !== null && one.start < at.end && one.end > at.start);
    inspector.replaceChildren(
      h('p', { class: 'quote', dir: 'auto' }, `“${words(at.start, at.end)}”`),
      mistakeList(here, jump),
      h('div', { class: 'sides' }, blocks),
    );
  }

  const whole = legend([...(sides[0].annotations ?? []), ...(sides[1].annotations ?? [])], pane);
  pane.replaceChildren(
    heading(row, headlineEnd(article, text) > 0),
    whole,
    h(
      'div',
      { class: 'sides' },
      sides.map(({ title, element }) => h('section', { class: 'side' }, h('h3', {}, title), element)),
    ),
    inspector,
    h('h3', { class: 'section' }, many(mistakes.length, 'mistake')),
    mistakeList(mistakes, jump),
  );
  inspector.append(
    h('p', { class: 'note' }, 'Choose words or a mistake to see what gold and the prediction say of them.'),
  );
  return jump;
}

/** "@12-20" as offsets. */
function spanOf(ref) {
  const [start, end] = ref.slice(1).split('-').map(Number);
  return Number.isInteger(start) && Number.isInteger(end) ? { start, end } : null;
}

function mistakeList(mistakes, jump) {
  const values = (one) => [
    one.gold !== null ? ['gold ', said(one.gold)] : null,
    one.gold !== null && one.predicted !== null ? ', ' : null,
    one.predicted !== null ? ['predicted ', said(one.predicted)] : null,
  ];
  const item = (one) =>
    h(
      'li',
      {},
      faultTag(one.kind),
      ' ',
      h('code', {}, one.figure),
      ' ',
      one.start === null
        ? values(one).flat()
        : h('button', { type: 'button', class: 'value', onclick: () => jump({ span: one }) }, values(one).flat()),
    );
  return h('ul', { class: 'mistakes' }, mistakes.map(item));
}
