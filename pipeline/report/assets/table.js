// A table that sorts by its headers and shows one page of rows at a time, so that its length costs nothing.

const PAGE = 50;
const PRINTED = 2000;

/**
 * columns: { label, of(row) -> what to sort by, cell(row) -> what to show, number }; order: [column, descending].
 * Returns { element, show(rows) }.
 */
function pagedTable({ caption, columns, order, empty, rowProperties = () => ({}) }) {
  let rows = [];
  let page = 0;
  let [by, descending] = order;
  const body = h('tbody');
  const place = h('span', { class: 'place', role: 'status' });
  const turn = (step) => {
    page += step;
    draw();
    scrollTo(element, 'start');
  };
  const before = h('button', { type: 'button', onclick: () => turn(-1) }, '‹ Previous');
  const after = h('button', { type: 'button', onclick: () => turn(1) }, 'Next ›');
  const pager = h('nav', { class: 'pager', 'aria-label': `Pages of ${caption}` }, before, place, after);
  const nothing = h('p', { class: 'note', hidden: true }, empty);
  const headers = columns.map((column, n) =>
    h(
      'th',
      { scope: 'col', role: 'columnheader', class: column.number ? 'number' : null },
      h(
        'button',
        { type: 'button', class: 'sort', onclick: () => sort(n) },
        column.label,
        h('span', { class: 'arrow', 'aria-hidden': 'true' }),
      ),
    ),
  );
  const table = h(
    'table',
    { role: 'table' },
    h('caption', { class: 'hidden' }, caption),
    h('thead', { role: 'rowgroup' }, h('tr', { role: 'row' }, headers)),
    body,
  );
  body.setAttribute('role', 'rowgroup');
  const choose = h(
    'select',
    { onchange: (event) => sort(Number(event.target.value)) },
    columns.map((column, n) => h('option', { value: n }, column.label)),
  );
  const element = h(
    'div',
    { class: 'paged' },
    h('label', { class: 'sort-by' }, 'Sort by ', choose),
    table,
    nothing,
    pager,
  );

  function sort(column) {
    // what a reader wants first: the largest number, the newest day, and else the alphabet
    descending = by === column ? !descending : Boolean(columns[column].number || columns[column].newest);
    by = column;
    arrange();
    page = 0;
    draw();
  }

  function arrange() {
    const of = columns[by].of;
    const keyed = rows.map((row, n) => [of(row) ?? null, n, row]);
    const sign = descending ? -1 : 1;
    keyed.sort(([one, n], [other, m]) => {
      if (one === other) return n - m;
      if (one === null || other === null) return one === null ? 1 : -1; // what is not known stands last
      return (typeof one === 'string' ? one.localeCompare(other, 'en') : one - other) * sign || n - m;
    });
    rows = keyed.map(([, , row]) => row);
  }

  function draw(all = false) {
    const pages = Math.max(1, Math.ceil(rows.length / PAGE));
    page = Math.max(0, Math.min(page, pages - 1));
    const shown = all ? rows.slice(0, PRINTED) : rows.slice(page * PAGE, (page + 1) * PAGE);
    body.replaceChildren(...shown.map(drawRow));
    headers.forEach((header, n) =>
      header.setAttribute('aria-sort', n !== by ? 'none' : descending ? 'descending' : 'ascending'),
    );
    choose.value = by;
    place.textContent = `Page ${page + 1} of ${numbers.format(pages)}`;
    before.disabled = page === 0;
    after.disabled = page === pages - 1;
    pager.hidden = pages === 1;
    nothing.hidden = rows.length > 0;
    table.hidden = rows.length === 0;
  }

  function drawRow(row) {
    const cells = columns.map((column) => {
      const shown = column.cell(row) ?? null;
      const kind = [column.number ? 'number' : null, shown === null || shown === '' ? 'none' : null]
        .filter(Boolean)
        .join(' ');
      return h(
        'td',
        { role: 'cell', class: kind || null, 'data-label': column.label },
        h('span', {}, kind.includes('none') ? NONE : shown),
      );
    });
    return h('tr', { role: 'row', ...rowProperties(row) }, cells);
  }

  // on paper nobody turns a page
  addEventListener('beforeprint', () => element.offsetParent && draw(true));
  addEventListener('afterprint', () => element.offsetParent && draw());

  return {
    element,
    show(found) {
      rows = [...found];
      arrange();
      page = 0;
      draw();
    },
  };
}
