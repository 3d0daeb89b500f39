// The reading pane: an article beside its values. Choosing a value shows its words, choosing words shows their values.

const reader = (() => {
  const pane = h('aside', { class: 'reader', id: 'reader', tabindex: '-1', 'aria-label': 'Article', hidden: true });
  let opener = null;
  let current = 0;

  function close() {
    current++; // an article that is still being unpacked stays closed
    if (pane.hidden) return;
    pane.hidden = true;
    pane.replaceChildren();
    document.body.classList.remove('reading');
    if (opener?.isConnected) opener.focus({ preventScroll: true });
    layoutChanged();
  }

  /** Opens an article and shows what is asked for: a value's id, or offsets of words. */
  async function open(row, { ref = null, span = null } = {}) {
    const turn = ++current;
    if (pane.hidden) opener = document.activeElement;
    let article;
    try {
      article = await opened(row);
    } catch (error) {
      article = null;
      announce('The article cannot be opened.');
      pane.replaceChildren(heading(row), h('p', {}, `This browser cannot unpack the article (${error.message}).`));
    }
    if (turn !== current) return;
    document.body.classList.add('reading');
    pane.hidden = false;
    layoutChanged();
    if (article === null) return;
    const show = index.kind === 'run' ? showRecord : showComparison;
    const jump = show(pane, row, article);
    pane.focus({ preventScroll: true });
    pane.scrollTop = 0;
    if (ref !== null || span !== null) jump({ ref, span });
  }

  return { pane, open, close };
})();

/** Title and source; the title is for screen readers alone where the text below opens with it. */
function heading(row, twice = false) {
  const button = h(
    'button',
    { type: 'button', class: 'quiet close', onclick: () => go(''), 'aria-label': 'Close the article' },
    '✕',
  );
  const address = row.url ? webAddress(row.url) : null;
  const link =
    address && h('a', { href: address, rel: 'noreferrer noopener', target: '_blank' }, new URL(address).host);
  const meta = [row.source, row.published, link ?? row.url, row.title ? row.id : null].filter(Boolean);
  return h(
    'header',
    { class: 'reader-head' },
    h(
      'div',
      {},
      h('h2', { dir: 'auto', class: twice ? 'hidden' : null }, row.title ?? row.id),
      h(
        'p',
        { class: 'meta' },
        meta.flatMap((one, n) => [n ? ' · ' : null, typeof one === 'string' ? said(one) : one]),
      ),
    ),
    button,
  );
}

/** Which layers are drawn: a box to tick for each that the article has. */
function legend(annotations, text) {
  const present = Object.keys(LAYERS).filter((layer) => annotations.some((one) => one.layer === layer));
  const box = (layer) =>
    h(
      'label',
      { class: `chip layer-${layer}` },
      h('input', {
        type: 'checkbox',
        checked: true,
        onchange: (event) => text.classList.toggle(`hide-${layer}`, !event.target.checked),
      }),
      h('span', {}, LAYERS[layer]),
    );
  return h('fieldset', { class: 'legend' }, h('legend', { class: 'hidden' }, 'What is marked'), present.map(box));
}

/** The end of the headline and of the white space behind it: where a separate body begins, or behind the title. */
function headlineEnd(article, text) {
  if (article.body_start) return article.body_start;
  const body = text.trimStart();
  if (!article.title || !body.startsWith(article.title)) return 0;
  return lengthOf(text) - lengthOf(body.slice(article.title.length).trimStart());
}

/** Shows a record in the pane; returns the function that jumps to a value. */
function showRecord(pane, row, { article, text, record }) {
  const hasText = text !== undefined && text !== null;
  const head = hasText ? headlineEnd(article, text) : 0;
  const words = slicer(text ?? '');
  if (hasText) restore(record, words);
  const values = valuesById(record);
  const annotations = annotationsOf(record);
  const inspector = h('div', {
    class: 'inspector',
    role: 'region',
    'aria-live': 'polite',
    'aria-label': 'What was chosen',
  });
  const shown = hasText
    ? annotatedText(text, { annotations, headlineEnd: head, label: 'Text of the article', pick })
    : {
        element: h(
          'p',
          { class: 'note' },
          'The texts were left out of this report; the words that are quoted stand with the values.',
        ),
        pieces: [],
      };

  function inspect(title, byRef) {
    const blocks = [...byRef].map(([ref, parts]) => details(ref, parts, values, jump)).filter(Boolean);
    inspector.replaceChildren(h('p', { class: 'quote', dir: 'auto' }, title), ...blocks);
    for (const card of pane.querySelectorAll('[data-card]')) {
      const event = values.get(card.dataset.card);
      const near = [event.id, event.place, ...event.casualties].some((ref) => byRef.has(ref));
      card.classList.toggle('chosen', near);
    }
  }

  /** The words were chosen. */
  function pick(piece) {
    const byRef = new Map();
    for (const { ref, part } of piece.annotations) byRef.set(ref, [...(byRef.get(ref) ?? []), part]);
    const { start, end } = narrowest(piece);
    light(shown.pieces, piece.annotations, { start, end });
    inspect(`“${words(start, end)}”`, byRef);
  }

  /** A value was chosen. */
  function jump({ ref, span }) {
    const at = span ?? values.get(ref)?.trigger ?? null;
    const id = ref ?? annotations.find((one) => at && one.start < at.end && one.end > at.start)?.ref;
    if (!id) return;
    const parts = annotations.filter((one) => one.ref === id && at && one.start === at.start && one.end === at.end);
    const first = light(shown.pieces, spansOf(annotations, id), at);
    inspect(at?.text ? `“${at.text}”` : '', new Map([[id, parts.map((one) => one.part)]]));
    if (first) focusPiece(shown.pieces, first);
  }

  const order = [...record.events].sort(
    (one, other) => (other.id === record.main_event) - (one.id === record.main_event),
  );
  const cards = order.map((event) => eventCard(event, values, { main: event.id === record.main_event, jump }));
  const loose = record.casualties.filter((figure) => !figure.event);
  const named = (list) => listed(list.map((one) => valueButton(titleOf(one), one.id, firstWords(one, values), jump)));
  pane.replaceChildren(
    heading(row, head > 0),
    h(
      'div',
      { class: 'reader-body' },
      h('div', { class: 'reader-text' }, hasText ? legend(annotations, shown.element) : null, shown.element),
      h(
        'div',
        { class: 'reader-values' },
        inspector,
        h('h3', { class: 'section' }, many(record.events.length, 'event')),
        cards,
        loose.length
          ? [h('h3', { class: 'section' }, 'Counts of no event'), listed(loose.map((one) => countButton(one, jump)))]
          : null,
        record.places.length
          ? [h('h3', { class: 'section' }, many(record.places.length, 'place')), named(record.places)]
          : null,
        record.actors.length
          ? [h('h3', { class: 'section' }, many(record.actors.length, 'actor')), named(record.actors)]
          : null,
        record.warnings.length
          ? [
              h('h3', { class: 'section' }, many(record.warnings.length, 'warning')),
              h(
                'ul',
                {},
                record.warnings.map((one) => h('li', {}, h('code', {}, one.code), ' ', said(one.message))),
              ),
            ]
          : null,
      ),
    ),
  );
  inspector.append(
    h(
      'p',
      { class: 'note' },
      'Choose a value to see its words, or words to see what they stand for. ',
      'In the text the arrow keys go from mark to mark.',
    ),
  );
  return jump;
}

/** The name of a place or an actor. */
const titleOf = (one) => (one.names_in_text ? nameOf(one) : one.name);
