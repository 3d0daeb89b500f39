// The values of a record: a card for each event, and the details that tell where a value comes from.

/** A value that can be chosen: jump({ ref, span }) shows its words. Without words it is plain text. */
function valueButton(text, ref, span, jump) {
  if (text === null || text === undefined) return null;
  if (!span) return said(text);
  const button = h('button', { type: 'button', class: 'value', 'data-ref': ref }, said(text));
  button.addEventListener('click', () => jump({ ref, span }));
  return button;
}

/** Several values one after the other; a button is too long to stand in a line of words. */
const listed = (nodes) => h('div', { class: 'values' }, nodes);
const joined = (nodes) => nodes.flatMap((node, n) => (n ? [', ', node] : [node]));

/** Everything about one event, each value a way to its words. */
function eventCard(event, values, { main, jump }) {
  const place = event.place ? values.get(event.place) : null;
  const who = (list) => list.map((one) => valueButton(one.text, event.id, one, jump));
  const counts = event.casualties.map((id) => values.get(id)).filter(Boolean);
  const entries = [
    ['When', event.date && valueButton(dateText(event.date), event.id, event.date, jump)],
    [
      'Where',
      place &&
        valueButton(placeText(nameOf(place), place.country, place.admin1), place.id, firstWords(place, values), jump),
    ],
    ['Who', event.source.length ? listed(who(event.source)) : null],
    ['To whom', event.target.length ? listed(who(event.target)) : null],
    ...event.other.map((one) => [sentence(one.role), valueButton(one.text, event.id, one, jump)]),
    ['Toll', tollText(event.toll)],
    ['Counts', counts.length ? listed(counts.map((figure) => countButton(figure, jump))) : null],
    ['Said by', event.attribution && valueButton(event.attribution.text, event.id, event.attribution, jump)],
    ['Status', event.status === 'asserted' ? null : event.status],
    ['Score', event.score.toFixed(2)],
  ];
  const title = valueButton(sentence(typeName(event.type)), event.id, event.trigger, jump);
  return h(
    'article',
    {
      class: `card status-${event.status}`,
      'data-card': event.id,
      'aria-label': `Event ${event.id}: ${typeName(event.type)}`,
    },
    h('h3', {}, dot(event.type), title, main ? h('span', { class: 'tag' }, 'main event') : null),
    facts(entries),
  );
}

function countButton(figure, jump) {
  const note = [
    figure.counted === false ? 'not in the toll' : null,
    figure.status === 'asserted' ? null : figure.status,
  ];
  const text = [countText(figure) ?? '?', figure.kind, ...note.filter(Boolean).map((one) => `(${one})`)].join(' ');
  return valueButton(text, figure.id, figure, jump);
}

const sentence = (text) => text.charAt(0).toUpperCase() + text.slice(1);
const nameOf = (place) => place.name ?? place.names_in_text.join(' = ');

/** The first words that name a place or an actor. */
function firstWords(named, values) {
  const spans = named.mentions.map((id) => values.get(id)).filter(Boolean);
  return spans.sort((one, other) => one.start - other.start)[0] ?? null;
}

const GOLD = 'gold'; // what stands for a rule where a human said it

const PARTS = {
  trigger: 'what tells of it',
  mention: 'speaks of it again',
  date: 'its date',
  source: 'who did it',
  target: 'to whom',
  attribution: 'who says so',
  victims: 'its victims',
  figure: 'the figure',
  name: 'its name',
};

/** What one value is, the rule that found it, and what it was chosen from. */
function details(ref, parts, values, jump) {
  const value = values.get(ref);
  if (!value) return null;
  const [heading, content] = DETAILS[value.list](value, values, jump);
  const role = [...new Set(parts)].map((part) => PARTS[part] ?? part).join(', ');
  return h(
    'section',
    { class: 'detail', 'data-detail': ref },
    h('h4', {}, heading, role ? h('small', {}, role) : null),
    content,
  );
}

// by the list of the record that the value stands in
const DETAILS = {
  events: (event, values, jump) => [
    [dot(event.type), sentence(typeName(event.type))],
    facts([
      ['ACLED', event.acled_sub_event && `${event.acled_event}: ${event.acled_sub_event}`],
      ['PLOVER', event.plover],
      ['Status', event.status],
      ['Date', event.date && `${dateText(event.date)} (${event.date.precision ?? 'unresolved'})`],
      ['Place', event.place && values.get(event.place) && nameOf(values.get(event.place))],
      ['Toll', tollText(event.toll)],
      [
        'Told at',
        event.mentions.length > 1 ? listed(event.mentions.map((m) => valueButton(m.text, event.id, m, jump))) : null,
      ],
      ['Score', event.rule === GOLD ? null : event.score.toFixed(2)],
      ['Rule', event.rule === GOLD ? null : h('code', {}, event.rule)],
    ]),
  ],
  casualties: (figure, values, jump) => [
    `${sentence(figure.kind)}: ${countText(figure) ?? 'no number'}`,
    facts([
      ['Low / best / high', [figure.low, figure.best, figure.high].map(orNone).join(' / ')],
      ['Qualifier', figure.qualifier],
      ['Victims', figure.victims && valueButton(figure.victims.text, figure.id, figure.victims, jump)],
      ['Group', figure.victims?.group],
      ['Countries', figure.victims?.countries.map(countryName).join(', ')],
      ['In the toll', figure.counted === false ? 'no: another figure is later or wider' : 'yes'],
      ['Perpetrators', figure.perpetrators ? 'these are the dead of those who did it' : null],
      ['Status', figure.status],
      ['Said by', figure.attribution && valueButton(figure.attribution.text, figure.id, figure.attribution, jump)],
      ['Event', eventLink(figure.event, values, jump)],
      ['Rule', figure.rule === GOLD ? null : h('code', {}, figure.rule)],
    ]),
  ],
  places: (place) => [
    said(nameOf(place)),
    [
      facts([
        ['In the text', place.names_in_text.length ? joined(place.names_in_text.map(said)) : null],
        ['Status', place.status],
        ['Country', place.country && countryName(place.country)],
        ['Unit', place.admin1],
        ['Precision', place.precision],
        ['At', place.lat === undefined ? null : `${place.lat.toFixed(4)}, ${place.lon.toFixed(4)}`],
        ['Gazetteer', place.gazetteer_id && h('code', {}, place.gazetteer_id)],
        ['Score', place.score ? place.score.toFixed(2) : null],
      ]),
      candidates(place),
    ],
  ],
  actors: (actor) => [
    said(actor.name),
    facts([
      ['Kind', actor.kind],
      ['Country', actor.country && countryName(actor.country)],
      ['Named', many(actor.mentions.length, 'time')],
    ]),
  ],
  entities: (entity) => [said(entity.text), facts([['Label', entity.label]])],
};

function eventLink(id, values, jump) {
  const event = id ? values.get(id) : null;
  return event ? valueButton(typeName(event.type), event.id, event.trigger, jump) : null;
}

function candidates(place) {
  if (!place.candidates.length) return null;
  const row = (one) =>
    h(
      'tr',
      one.gazetteer_id === place.gazetteer_id ? { class: 'chosen' } : {},
      h('td', {}, said(one.name), one.gazetteer_id === place.gazetteer_id ? ' ✓' : null),
      h('td', {}, orNone(one.country && countryName(one.country))),
      h('td', {}, h('code', {}, one.gazetteer_id)),
      h('td', { class: 'number' }, one.score.toFixed(2)),
    );
  return h(
    'table',
    { class: 'small' },
    h('caption', {}, 'Candidates'),
    h(
      'thead',
      {},
      h(
        'tr',
        {},
        ['Name', 'Country', 'Id', 'Score'].map((name) => h('th', { scope: 'col' }, name)),
      ),
    ),
    h('tbody', {}, place.candidates.map(row)),
  );
}
