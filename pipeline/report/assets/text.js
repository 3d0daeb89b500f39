// An article's text with its annotations: cut wherever one begins or ends, each piece a button for what it stands for.

/**
 * The text as an element.
 *
 * annotations: see annotationsOf; mistakes: { start, end, kind } of an evaluation; pick(piece) is called when a piece
 * is chosen, { start, end, element, annotations, mistakes }.
 */
function annotatedText(text, { annotations, mistakes = [], headlineEnd = 0, label, pick }) {
  const words = slicer(text);
  const length = lengthOf(text);
  const pieces = [];
  const head = h('div', { class: 'headline' });
  const body = h('div', { class: 'body' });
  const edges = new Set([0, length, Math.min(headlineEnd, length)]);
  for (const { start, end } of [...annotations, ...mistakes]) edges.add(start).add(Math.min(end, length));
  const cuts = [...edges].sort((one, other) => one - other);
  // of annotations in the order of their beginnings, those that are open at the cut
  const waiting = [...annotations].sort((one, other) => one.start - other.start);
  let open = [];
  for (let n = 0; n + 1 < cuts.length; n++) {
    const [start, end] = [cuts[n], cuts[n + 1]];
    while (waiting.length && waiting[0].start <= start) open.push(waiting.shift());
    open = open.filter((annotation) => annotation.end > start);
    const wrong = mistakes.filter((mistake) => mistake.start <= start && mistake.end > start);
    const target = start < headlineEnd ? head : body;
    if (!open.length && !wrong.length) {
      target.append(words(start, end));
      continue;
    }
    const layers = [...new Set(open.map((annotation) => `layer-${annotation.layer}`))];
    const faults = [...new Set(wrong.map((mistake) => `mistake mistake-${mistake.kind.replace(' ', '-')}`))];
    const element = h(
      'span',
      { class: ['piece', ...layers, ...faults].join(' '), role: 'button', tabindex: '-1', 'aria-pressed': 'false' },
      words(start, end),
    );
    const piece = { start, end, element, annotations: open.slice(), mistakes: wrong };
    element.addEventListener('click', () => pick(piece));
    pieces.push(piece);
    target.append(element);
  }
  if (pieces.length) pieces[0].element.tabIndex = 0;
  const element = h('div', { class: 'text', role: 'group', 'aria-label': label }, head.firstChild ? head : null, body);
  element.addEventListener('keydown', (event) => moveAlong(event, pieces, pick));
  return { element, pieces };
}

const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/** One stop of the Tab key for all pieces; arrows go from piece to piece, Enter and the space bar choose. */
function moveAlong(event, pieces, pick) {
  const at = pieces.findIndex((piece) => piece.element === event.target);
  if (at < 0 || event.ctrlKey || event.metaKey || event.altKey) return;
  let to = at + (STEPS[event.key] ?? 0);
  if (event.key === 'Home') to = 0;
  if (event.key === 'End') to = pieces.length - 1;
  if (event.key === 'Enter' || event.key === ' ') pick(pieces[at]);
  else if (to === at || !pieces[to]) return;
  else focusPiece(pieces, pieces[to]);
  event.preventDefault();
}

function focusPiece(pieces, piece) {
  for (const other of pieces) other.element.tabIndex = other === piece ? 0 : -1;
  piece.element.focus({ preventScroll: true });
  scrollTo(piece.element, 'nearest');
}

/** Lights the pieces that lie in one of the spans and returns the first of those that lie in the span to jump to. */
function light(pieces, spans, jump) {
  let first = null;
  const inside = (piece, span) => piece.start >= span.start && piece.end <= span.end;
  for (const piece of pieces) {
    const lit = spans.some((span) => inside(piece, span));
    const hit = jump ? inside(piece, jump) : false;
    piece.element.classList.toggle('lit', lit);
    piece.element.classList.toggle('hit', hit);
    piece.element.setAttribute('aria-pressed', String(hit));
    if (hit) first ??= piece;
  }
  return first;
}
