// The filters of the events: a form, and the test that it stands for.

const STATUSES = ['asserted', 'negated', 'hypothetical'];
const SUGGESTED = 300;

const counted = (values) => {
  const found = new Map();
  for (const value of values) if (value) found.set(value, (found.get(value) ?? 0) + 1);
  return [...found];
};

/** A form over the events; changed() is called after every change. Returns { element, chips, matches, set }. */
function eventFilters(events, { changed }) {
  const option = (value, text) => h('option', { value }, text);
  const byCount = ([one, n], [other, m]) => m - n || one.localeCompare(other, 'en');
  const types = counted(events.map((event) => event.type)).sort(byCount);
  const countries = counted(events.map((event) => event.country)).sort(([one], [other]) =>
    countryName(one).localeCompare(countryName(other), 'en'),
  );
  const actors = counted(
    events.flatMap((event) => [event.source, event.target]).flatMap((text) => text?.split('; ') ?? []),
  );

  const input = (properties) => h('input', { autocomplete: 'off', ...properties });
  const fields = {
    text: input({ type: 'search', name: 'text', placeholder: 'Words, names, places, titles' }),
    type: h(
      'select',
      { name: 'type' },
      option('', 'All types'),
      types.map(([type, n]) => option(type, `${typeName(type)} (${n})`)),
    ),
    country: h(
      'select',
      { name: 'country' },
      option('', 'All countries'),
      countries.map(([code, n]) => option(code, `${countryName(code)} (${n})`)),
      option('-', 'No country'),
    ),
    actor: input({ type: 'text', name: 'actor', list: 'actors', placeholder: 'Who, or to whom' }),
    status: h(
      'select',
      { name: 'status' },
      option('', 'Any status'),
      STATUSES.map((status) => option(status, status)),
    ),
    from: input({ type: 'date', name: 'from' }),
    to: input({ type: 'date', name: 'to' }),
    killed: input({ type: 'number', name: 'killed', min: '0', step: '1', placeholder: '0' }),
    score: input({ type: 'number', name: 'score', min: '0', max: '1', step: '0.05', placeholder: '0' }),
    main: input({ type: 'checkbox', name: 'main' }),
  };
  const names = {
    text: 'Search',
    type: 'Type',
    country: 'Country',
    actor: 'Actor',
    status: 'Status',
    from: 'From',
    to: 'To',
    killed: 'Killed, at least',
    score: 'Score, at least',
  };
  const field = (name) => h('label', { class: `field field-${name}` }, h('span', {}, names[name]), fields[name]);
  const suggestions = h(
    'datalist',
    { id: 'actors' },
    actors
      .sort(byCount)
      .slice(0, SUGGESTED)
      .map(([name]) => option(name, name)),
  );
  const reset = h('button', { type: 'reset' }, 'Clear filters');
  const more = h(
    'details',
    { class: 'more', open: wide.matches },
    h('summary', {}, 'Filters'),
    h(
      'div',
      { class: 'fields' },
      ['type', 'country', 'actor', 'status', 'from', 'to', 'killed', 'score'].map(field),
      h('label', { class: 'field tick' }, fields.main, h('span', {}, 'Main events only')),
      reset,
    ),
  );
  const element = h(
    'form',
    {
      class: 'filters',
      role: 'search',
      'aria-label': 'Filter the events',
      onsubmit: (event) => event.preventDefault(),
    },
    field('text'),
    more,
    suggestions,
  );

  let hidden = new Set(); // categories that are switched off
  let places = null; // events that were chosen on the map
  const chosenPlaces = h('button', {
    type: 'button',
    class: 'chip chosen-places',
    hidden: true,
    onclick: () => choosePlaces(null),
  });
  const chips = h(
    'div',
    { class: 'chips', role: 'group', 'aria-label': 'Categories' },
    index.categories.map(categoryChip),
    chosenPlaces,
  );

  function categoryChip(name, category) {
    const count = events.filter((event) => categoryOf(event.type) === category).length;
    if (!count) return null;
    const button = h(
      'button',
      { type: 'button', class: 'chip', 'aria-pressed': 'true' },
      h('span', { class: `dot category-${category}`, 'aria-hidden': 'true' }),
      `${name} `,
      h('small', {}, numbers.format(count)),
    );
    button.addEventListener('click', () => {
      if (!hidden.delete(category)) hidden.add(category);
      button.setAttribute('aria-pressed', String(!hidden.has(category)));
      changed();
    });
    return button;
  }

  function choosePlaces(chosen) {
    places = chosen && new Set(chosen);
    chosenPlaces.hidden = !places;
    chosenPlaces.textContent = places ? `${many(places.size, 'event')} chosen on the map ✕` : '';
    changed();
  }

  element.addEventListener('input', changed);
  element.addEventListener('reset', () => {
    hidden = new Set();
    for (const chip of chips.querySelectorAll('[aria-pressed]')) chip.setAttribute('aria-pressed', 'true');
    // the fields are emptied after this event
    setTimeout(() => choosePlaces(null));
  });

  /** The test that an event must pass. */
  function matches() {
    const value = Object.fromEntries(Object.entries(fields).map(([name, one]) => [name, one.value]));
    const words = value.text.toLowerCase().split(/\s+/).filter(Boolean);
    const actor = value.actor.trim().toLowerCase();
    const [killed, score] = [Number(value.killed), Number(value.score)];
    return (event) =>
      !hidden.has(categoryOf(event.type)) &&
      (!places || places.has(event)) &&
      (!value.type || event.type === value.type) &&
      (!value.country || (event.country ?? '-') === value.country) &&
      (!value.status || event.status === value.status) &&
      (!actor || event.actors.includes(actor)) &&
      (!killed || (figureOf(event.toll.killed) ?? -1) >= killed) &&
      (!score || event.score >= score) &&
      (!fields.main.checked || event.main) &&
      (!value.from || (event.last !== null && event.last >= value.from)) &&
      (!value.to || (event.date_earliest !== null && event.date_earliest <= value.to)) &&
      words.every((word) => event.words.includes(word));
  }

  return {
    element,
    chips,
    matches,
    choosePlaces,
    setDates(from, to) {
      fields.from.value = from;
      fields.to.value = to;
      changed();
    },
  };
}
