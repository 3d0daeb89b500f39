// The first view: filters, map, timeline and table of all events.

/** The events of the run with what the views need of them. */
function prepareEvents(articles) {
  const events = rowsOf(index.events);
  for (const event of events) {
    event.row = articles[event.article];
    event.toll = {};
    for (const kind of KINDS) {
      const count = { low: event[`${kind}_low`], best: event[`${kind}_best`], high: event[`${kind}_high`] };
      if (countText(count) !== null) event.toll[kind] = count;
    }
    event.harmed = (figureOf(event.toll.killed) ?? 0) + (figureOf(event.toll.injured) ?? 0);
    event.time = event.date_earliest ? Date.parse(event.date_earliest) : null;
    event.last = event.date_latest ?? event.date_earliest;
    event.point = event.lat === null ? null : project(event.lon, event.lat);
    event.actors = [event.source, event.target].filter(Boolean).join(' ; ').toLowerCase();
    event.words = [
      typeName(event.type),
      event.trigger,
      event.place_name,
      event.country && countryName(event.country),
      event.admin1,
      event.actors,
      event.date_text,
      event.row.title,
      event.row.id,
      event.row.source,
    ]
      .filter(Boolean)
      .join(' ')
      .toLowerCase();
  }
  return events;
}

const eventAddress = (event) => articleAddress(event.row, event.event_id);

function eventColumns() {
  return [
    {
      label: 'Date',
      newest: true,
      of: (e) => e.date_earliest,
      cell: (e) => daysText(e.date_earliest, e.date_latest) ?? (e.date_text && said(e.date_text)),
    },
    {
      label: 'Event',
      of: (e) => e.type,
      cell: (e) => [
        dot(e.type),
        h('a', { href: eventAddress(e) }, typeName(e.type)),
        e.main
          ? h(
              'span',
              { class: 'star', title: 'main event of its article' },
              ' ★',
              h('span', { class: 'hidden' }, 'main event'),
            )
          : null,
      ],
    },
    { label: 'Place', of: (e) => e.place_name, cell: (e) => e.place_name && said(e.place_name) },
    {
      label: 'Country',
      of: (e) => e.country && countryName(e.country),
      cell: (e) => e.country && countryName(e.country),
    },
    {
      label: 'Who → to whom',
      of: (e) => e.source ?? e.target,
      cell: (e) => (e.source || e.target ? [said(e.source ?? '?'), ' → ', said(e.target ?? '?')] : null),
    },
    { label: 'Killed', number: true, of: (e) => figureOf(e.toll.killed), cell: (e) => countText(e.toll.killed) },
    { label: 'Injured', number: true, of: (e) => figureOf(e.toll.injured), cell: (e) => countText(e.toll.injured) },
    {
      label: 'Status',
      of: (e) => STATUSES.indexOf(e.status),
      cell: (e) => h('span', { class: `status-${e.status}` }, e.status),
    },
    { label: 'Score', number: true, of: (e) => e.score, cell: (e) => e.score.toFixed(2) },
    { label: 'Article', of: (e) => e.row.title ?? e.row.id, cell: (e) => said(e.row.title ?? e.row.id) },
  ];
}

/** A click anywhere in a row does what its link does. */
const openedBy = (address) => ({
  class: 'link',
  'data-address': address,
  onclick: (event) => {
    if (!event.target.closest('a, button') && !String(getSelection())) go(address);
  },
});

function eventsView(events) {
  const result = h('p', { class: 'result', role: 'status', 'aria-live': 'polite' });
  const table = pagedTable({
    caption: 'Events',
    columns: eventColumns(),
    order: [0, true],
    empty: events.length ? 'No event passes these filters.' : 'No events were found in these articles.',
    rowProperties: (event) => openedBy(eventAddress(event)),
  });
  const update = () => {
    const found = events.filter(filters.matches());
    result.textContent =
      found.length === events.length
        ? many(events.length, 'event')
        : `${numbers.format(found.length)} of ${many(events.length, 'event')}`;
    table.show(found);
    map.show(found);
    bars.show(found);
  };
  const filters = eventFilters(events, { changed: update });
  const map = eventMap({ openEvent: (event) => go(eventAddress(event)), choose: filters.choosePlaces });
  const bars = timeline({ choose: filters.setDates });
  update();
  return h(
    'div',
    { class: 'events' },
    filters.element,
    filters.chips,
    h('div', { class: 'pictures' }, map.element, bars.element),
    result,
    table.element,
  );
}
