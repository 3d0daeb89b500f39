// Incidents: what several articles tell of one happening, with each source's figures and the reasons.

function incidentsView(articles) {
  const incidents = rowsOf(index.incidents);
  const several = incidents.filter((one) => one.articles > 1).length;
  const place = h('div', { class: 'incident', id: 'incident', tabindex: '-1' });
  const open = async (row) => {
    place.replaceChildren(...(await incidentPage(await opened(row), articles)));
    place.focus({ preventScroll: true });
    scrollTo(place, 'start');
  };
  const openButton = (one) =>
    h('button', { type: 'button', class: 'value', onclick: () => open(one) }, dot(one.type), typeName(one.type));
  const table = pagedTable({
    caption: 'Incidents',
    columns: [
      { label: 'Incident', of: (one) => one.type, cell: openButton },
      { label: 'Date', newest: true, of: (one) => one.earliest, cell: (one) => daysText(one.earliest, one.latest) },
      { label: 'Place', of: (one) => one.place, cell: (one) => one.place && said(one.place) },
      {
        label: 'Country',
        of: (one) => one.country && countryName(one.country),
        cell: (one) => one.country && countryName(one.country),
      },
      {
        label: 'Toll',
        number: true,
        of: (one) => figureOf(one.toll.killed && countOf(one.toll.killed)),
        cell: (one) => incidentToll(one.toll),
      },
      { label: 'Articles', number: true, of: (one) => one.articles, cell: (one) => numbers.format(one.articles) },
      { label: 'Sources', number: true, of: (one) => one.sources, cell: (one) => numbers.format(one.sources) },
    ],
    order: [5, true],
    empty: 'No incidents.',
    rowProperties: (one) => ({ class: 'link', onclick: (event) => event.target.closest('button') || open(one) }),
  });
  table.show(incidents);
  const told = `${many(incidents.length, 'incident')}, ${numbers.format(several)} of them told by several articles.`;
  const intro = `${told} Choose one to see its articles side by side.`;
  return h('div', {}, h('p', { class: 'result' }, intro), table.element, place);
}

const countOf = ([low, best, high]) => ({ low, best, high });
const incidentToll = (toll) =>
  tollText(Object.fromEntries(Object.entries(toll).map(([kind, count]) => [kind, countOf(count)])));

async function incidentPage(incident, articles) {
  const byId = new Map(articles.map((row) => [row.id, row]));
  const where = incident.place;
  const title = [
    sentence(typeName(incident.type)),
    where && placeText(where.name, where.country, where.admin1),
    incident.date && daysText(incident.date.earliest, incident.date.latest),
  ];
  const reasons = facts([
    ['Date', incident.date?.reason],
    ['Place', where?.reason],
    ...['source', 'target'].map((role) => [
      role === 'source' ? 'Who' : 'To whom',
      incident.actors
        .filter((actor) => actor.role === role)
        .map((actor) => `${actor.name} (${many(actor.sources, 'source')})`)
        .join(', '),
    ]),
    [
      'Disagreements',
      incident.disagreements.length
        ? h(
            'ul',
            {},
            incident.disagreements.map((one) => h('li', {}, said(one))),
          )
        : null,
    ],
    ['Nearest kept apart', incident.nearest && nearestText(incident.nearest, byId)],
    ['Id', h('code', {}, incident.id)],
  ]);
  const members = await Promise.all(incident.members.map((member) => memberCard(member, byId.get(member.article))));
  return [
    h('h2', {}, dot(incident.type), title.filter(Boolean).join(' · ')),
    reasons,
    ...Object.entries(incident.toll).map(([kind, toll]) => tollTable(kind, toll, byId)),
    h(
      'h3',
      { class: 'section' },
      `${many(new Set(incident.members.map((member) => member.article)).size, 'article')} side by side`,
    ),
    h('div', { class: 'members' }, members),
  ];
}

const articleName = (id, row) => said(row?.title ?? id);

/** A link to an event of an article, or only its name where the article is of another run. */
function articleLink(id, event, byId) {
  const row = byId.get(id);
  return row ? h('a', { href: articleAddress(row, event) }, articleName(id, row)) : articleName(id);
}

function nearestText(nearest, byId) {
  return [
    articleLink(nearest.article, nearest.event, byId),
    ` at ${nearest.probability.toFixed(2)}: ${nearest.reasons.join('; ')}`,
  ];
}

function tollTable(kind, toll, byId) {
  const row = (figure) =>
    h(
      'tr',
      {},
      h(
        'td',
        {},
        articleLink(figure.article, figure.event, byId),
        figure.copy_of ? h('span', { class: 'tag' }, 'copy') : null,
      ),
      h('td', {}, orNone(figure.published)),
      h('td', { class: 'number' }, orNone(countText(figure))),
      h('td', {}, joined(figure.text.map((span) => said(span.text)))),
      h('td', {}, figure.attribution ? said(figure.attribution) : NONE),
    );
  return h(
    'section',
    { class: 'toll' },
    h('h3', {}, `${sentence(kind)}: ${orNone(countText(toll))}`),
    h(
      'p',
      { class: 'note' },
      `low ${orNone(toll.low)} · best ${orNone(toll.best)} · high ${orNone(toll.high)} — `,
      `${toll.reason} (rule: ${toll.rule})`,
    ),
    h(
      'div',
      { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': `${kind} by source` },
      h(
        'table',
        { class: 'small' },
        h(
          'thead',
          {},
          h(
            'tr',
            {},
            ['Article', 'Published', 'Figure', 'Words', 'Said by'].map((name) => h('th', { scope: 'col' }, name)),
          ),
        ),
        h('tbody', {}, toll.figures.map(row)),
      ),
    ),
  );
}

/** One article of an incident: the sentences that tell of it, and why it belongs here. */
async function memberCard(member, row) {
  const article = row ? await opened(row) : null;
  const quoted = article?.text
    ? excerpts(member.evidence, article)
    : member.evidence.map((span) => h('p', { dir: 'auto' }, h('mark', {}, span.text)));
  const why = member.why;
  return h(
    'article',
    { class: 'card' },
    h(
      'h4',
      { dir: 'auto' },
      row
        ? h('a', { href: articleAddress(row, member.event) }, articleName(member.article, row))
        : articleName(member.article),
    ),
    h(
      'p',
      { class: 'meta' },
      [member.source, member.published, typeName(member.type), member.copy_of ? 'a copy' : null]
        .filter(Boolean)
        .flatMap((one, n) => [n ? ' · ' : null, said(one)]),
    ),
    quoted,
    member.confidence === undefined ? null : h('p', { class: 'note' }, `Belongs here: ${member.confidence.toFixed(2)}`),
    why
      ? h(
          'details',
          {},
          h('summary', {}, `Why: ${why.probability.toFixed(2)} with ${why.article}`),
          h(
            'ul',
            {},
            why.reasons.map((reason) => h('li', {}, said(reason))),
          ),
        )
      : null,
  );
}

/** The sentences that hold the evidence, with its words marked. */
function excerpts(evidence, { text, record }) {
  const words = slicer(text);
  const sentences = record.sentences.filter((one) =>
    evidence.some((span) => span.start < one.end && span.end > one.start),
  );
  return sentences.map(({ start, end }) => {
    const inside = evidence
      .filter((span) => span.start >= start && span.end <= end)
      .sort((one, other) => one.start - other.start);
    const parts = [];
    let at = start;
    for (const span of inside) {
      if (span.start < at) continue;
      parts.push(words(at, span.start), h('mark', {}, words(span.start, span.end)));
      at = span.end;
    }
    return h('p', { dir: 'auto' }, ...parts, words(at, end));
  });
}
