// A record as annotations of its text: which words stand for which value, and in which part.

// layer: how the words are drawn, and the word for it in the legend
const LAYERS = {
  event: 'Events',
  count: 'Counts',
  place: 'Places',
  actor: 'Actors and roles',
  date: 'Dates',
  cited: 'Sources cited',
  other: 'Other names',
};

// labels that say no more of a figure's words than the figure does
const NUMBERS = ['CARDINAL', 'QUANTITY'];

/** A function that gives text[start:end] in code points, as all offsets are. */
function slicer(text) {
  if (!/[\ud800-\udbff]/.test(text)) return (start, end) => text.slice(start, end);
  const chars = Array.from(text);
  return (start, end) => chars.slice(start, end).join('');
}

const lengthOf = (text) => (/[\ud800-\udbff]/.test(text) ? Array.from(text).length : text.length);

/** Puts the words back into every span of a record; they were left out because the text has them. */
function restore(value, words) {
  if (Array.isArray(value)) value.forEach((item) => restore(item, words));
  else if (value !== null && typeof value === 'object') {
    if (value.start !== undefined && value.end !== undefined) value.text ??= words(value.start, value.end);
    Object.values(value).forEach((item) => restore(item, words));
  }
  return value;
}

/** Every value of a record by its id, each told what it is; the ids of gold do not tell. */
function valuesById(record) {
  const values = new Map();
  for (const list of ['events', 'casualties', 'places', 'actors', 'entities']) {
    for (const value of record[list]) values.set(value.id, Object.assign(value, { list }));
  }
  return values;
}

/** All annotations: { start, end, layer, ref, part }, where ref is the id of the value that the words stand for. */
function annotationsOf(record) {
  const found = [];
  const add = (span, layer, ref, part) => {
    if (span) found.push({ start: span.start, end: span.end, layer, ref, part });
  };
  for (const event of record.events) {
    add(event.trigger, 'event', event.id, 'trigger');
    for (const mention of event.mentions) {
      if (mention.start !== event.trigger.start) add(mention, 'event', event.id, 'mention');
    }
    add(event.date, 'date', event.id, 'date');
    for (const who of event.source) add(who, 'actor', event.id, 'source');
    for (const who of event.target) add(who, 'actor', event.id, 'target');
    for (const who of event.other) add(who, 'actor', event.id, who.role);
    add(event.attribution, 'cited', event.id, 'attribution');
  }
  for (const figure of record.casualties) {
    add(figure, 'count', figure.id, 'figure');
    add(figure.victims, 'actor', figure.id, 'victims');
    add(figure.attribution, 'cited', figure.id, 'attribution');
  }
  for (const entity of record.entities) {
    if (entity.place) add(entity, 'place', entity.place, 'name');
    if (entity.actor) add(entity, 'actor', entity.actor, 'name');
    const number =
      NUMBERS.includes(entity.label) &&
      record.casualties.some((one) => one.start <= entity.start && one.end >= entity.end);
    if (!entity.place && !entity.actor && !number)
      add(entity, entity.label === 'DATE' ? 'date' : 'other', entity.id, 'name');
  }
  return found;
}

/** The spans of one value. */
function spansOf(annotations, ref) {
  return annotations.filter((annotation) => annotation.ref === ref);
}

/** The narrowest of the annotations on a piece of text, or the piece where there are none. */
function narrowest(piece) {
  return (
    piece.annotations.reduce(
      (best, one) => (best && best.end - best.start <= one.end - one.start ? best : one),
      null,
    ) ?? piece
  );
}
