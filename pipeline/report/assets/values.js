// Values as people read them.

const KINDS = ['killed', 'injured', 'missing', 'captured', 'displaced'];
const NONE = '–';
const numbers = new Intl.NumberFormat('en');
const countryNames = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'code' });

const many = (number, noun) => `${numbers.format(number)} ${noun}${number === 1 ? '' : 's'}`;
const typeName = (type) => type.replaceAll('_', ' ');
const categoryOf = (type) => index.types[type] ?? index.categories.length - 1;
const orNone = (value) => (value === null || value === undefined || value === '' ? NONE : String(value));

function countryName(code) {
  try {
    return countryNames.of(code);
  } catch {
    return code;
  }
}

/** A figure with its bounds in the fewest signs: 12, ≥300, ≤40, 20–30, 20–30 (25), ≈20. Null where there is none. */
function countText(count) {
  const { low = null, best = null, high = null } = count ?? {};
  if (low === null && high === null) return best === null ? null : `≈${numbers.format(best)}`;
  if (low === high) return numbers.format(low);
  let range = `${numbers.format(low)}–${numbers.format(high)}`;
  if (high === null) range = `≥${numbers.format(low)}`;
  if (low === null) range = `≤${numbers.format(high)}`;
  return best !== null && best !== (low ?? high) ? `${range} (${numbers.format(best)})` : range;
}

/** One number for sorting and sizes: the best figure, else the bound that there is. */
function figureOf(count) {
  return count ? (count.best ?? count.low ?? count.high ?? null) : null;
}

/** "3 killed, ≥20 injured" of a toll by kind, null where there is none. */
function tollText(toll) {
  const parts = KINDS.filter((kind) => countText(toll[kind]) !== null);
  return parts.map((kind) => `${countText(toll[kind])} ${kind}`).join(', ') || null;
}

const DAY = 86400000;
const isoDay = (time) => new Date(time).toISOString().slice(0, 10);

/** The first day of the span of so many months that a time lies in, or of a later one. */
function firstDay(time, months, later = 0) {
  const date = new Date(time);
  const month = Math.floor((date.getUTCFullYear() * 12 + date.getUTCMonth()) / months + later) * months;
  const found = new Date(0);
  found.setUTCFullYear(Math.floor(month / 12), month % 12, 1); // Date.UTC would take the year 99 for 1999
  return found.getTime();
}

/** A range of days in its shortest form: a day, a month, a year, or both ends. */
function daysText(earliest, latest) {
  if (!earliest && !latest) return null;
  if (earliest === latest) return earliest;
  if (earliest && latest) {
    const [first, behind] = [Date.parse(earliest), Date.parse(latest) + DAY];
    const spans = (months) => firstDay(first, months) === first && firstDay(first, months, 1) === behind;
    if (spans(1)) return earliest.slice(0, 7);
    if (spans(12)) return earliest.slice(0, 4);
  }
  return `${earliest ?? '…'} – ${latest ?? '…'}`;
}

const dateText = (date) => (date ? (daysText(date.earliest, date.latest) ?? date.text) : null);

/** A coloured dot, which says nothing that the words beside it do not. */
function dot(type) {
  return h('span', { class: `dot category-${categoryOf(type)}`, 'aria-hidden': 'true' });
}

/** A bar for a share of 1, beside a number that says it. */
function shareBar(share) {
  const inner = h('span');
  inner.style.width = `${100 * share}%`;
  return h('span', { class: 'share', 'aria-hidden': 'true' }, inner);
}

/** Where a place is, in words: "Homs, Syria". */
function placeText(name, country, admin1) {
  return [name, admin1 === name ? null : admin1, country && countryName(country) !== name ? countryName(country) : null]
    .filter(Boolean)
    .join(', ');
}

/** A list of terms; entries without a value are left out. */
function facts(entries) {
  const given = entries.filter(([, value]) => value !== null && value !== undefined && value !== '');
  return h(
    'dl',
    { class: 'facts' },
    given.map(([name, value]) => h('div', {}, h('dt', {}, name), h('dd', {}, value))),
  );
}
