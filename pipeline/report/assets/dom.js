// Elements, the embedded data, and what every view shares. Nothing here or elsewhere writes markup: strings become text
// nodes, and attributes that could run something are never set from data.

const index = JSON.parse(document.getElementById('index').textContent);

/** An element. Children that are strings become text, null and false are left out. */
function h(tag, properties = {}, ...children) {
  return fill(document.createElement(tag), properties, children);
}

function svg(tag, properties = {}, ...children) {
  return fill(document.createElementNS('http://www.w3.org/2000/svg', tag), properties, children);
}

function fill(element, properties, children) {
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? '' : value);
  }
  element.append(
    ...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false),
  );
  return element;
}

/** Words of an article or its metadata: the direction is theirs and does not leak. */
function said(text) {
  return h('bdi', {}, String(text));
}

/** The rows of an embedded table as objects. */
function rowsOf(table) {
  return table.rows.map((row) => Object.fromEntries(table.columns.map((column, n) => [column, row[n]])));
}

async function unpack(base64) {
  const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate'));
  return JSON.parse(await new Response(stream).text());
}

const embedded = (id) => unpack(JSON.parse(document.getElementById(id).textContent));

const openBlocks = new Map();
const OPEN_BLOCKS = 12;

/** What was packed for later: an article with its record, or an incident. Few blocks are kept open at a time. */
async function opened(row) {
  const block = openBlocks.get(row.block) ?? embedded(`block-${row.block}`);
  openBlocks.delete(row.block);
  openBlocks.set(row.block, block);
  if (openBlocks.size > OPEN_BLOCKS) openBlocks.delete(openBlocks.keys().next().value);
  return (await block)[row.at];
}

/** A web address that is safe to follow, or null. */
function webAddress(text) {
  try {
    const url = new URL(text);
    return ['http:', 'https:'].includes(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

const liveRegion = h('p', { class: 'hidden', role: 'status', 'aria-live': 'polite' });

/** Tells a screen reader what has changed. */
function announce(text) {
  liveRegion.textContent = text;
}

const stillMotion = matchMedia('(prefers-reduced-motion: reduce)');

function scrollTo(element, block = 'center') {
  element.scrollIntoView({ block, behavior: stillMotion.matches ? 'auto' : 'smooth' });
}

/** A style token as the browser resolves it now, for canvases. */
function token(name) {
  const probe = h('span', { class: `token-${name}` });
  document.body.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}

const themeListeners = [];
const themeChanged = () => themeListeners.forEach((listener) => listener());
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', themeChanged);
matchMedia('print').addEventListener('change', themeChanged);
