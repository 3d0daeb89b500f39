// The map: outlines of countries and a mark for each event, or for several that would cover one another.

const DEGREE = Math.PI / 180;
const JOIN = 46; // pixels within which marks become one
const MOST_RADIUS = 22; // so that no two that are left cover one another
const MOST_ZOOM = 4000; // pixels for a radian: a town fills the map
const LEAST_EXTENT = 0.05; // radians that a map of one place shows around it

// Miller's cylindrical projection: shapes are nearly right where people live, and the poles are on the map
const projectLat = (lat) => 1.25 * Math.log(Math.tan(Math.PI / 4 + 0.4 * lat * DEGREE));
const project = (lon, lat) => [lon * DEGREE, -projectLat(lat)];

/** A ring that crosses the date line goes on beyond it instead of back around the world. */
function unwrapped(ring) {
  let turns = 0;
  return ring.map(([x, y], n) => {
    if (n && Math.abs(x - ring[n - 1][0]) > Math.PI) turns += x < ring[n - 1][0] ? 1 : -1;
    return [x + turns * 2 * Math.PI, y];
  });
}

/** Where a ring stands on the map: once, or at both edges where it crosses the date line. */
function copies(ring) {
  const edge = ring.reduce((most, [x]) => (Math.abs(x) > Math.abs(most) ? x : most), 0);
  return Math.abs(edge) > Math.PI + 1e-9
    ? [ring, ring.map(([x, y]) => [x - Math.sign(edge) * 2 * Math.PI, y])]
    : [ring];
}

/** The countries of the outlines: { name, path, at, width }, the middle and width of the largest part in radians. */
function countriesOf(topology) {
  const [scaleX, scaleY] = topology.transform.scale;
  const arcs = topology.arcs.map((deltas) => {
    let [x, y] = [0, 0];
    return deltas.map(([dx, dy]) => project((x += dx) * scaleX, (y += dy) * scaleY));
  });
  const ringOf = (numbered) => numbered.flatMap((n) => (n < 0 ? arcs[~n].toReversed() : arcs[n]));
  return topology.objects.countries.geometries.map(({ arcs: polygons, properties }) => {
    const path = new Path2D();
    let largest = { area: 0 };
    for (const ring of polygons.flat().map(ringOf).map(unwrapped).flatMap(copies)) {
      ring.forEach(([x, y], n) => (n ? path.lineTo(x, y) : path.moveTo(x, y)));
      path.closePath();
      const part = middleOf(ring);
      if (part.area > largest.area * 1.001) largest = part;
    }
    return { name: properties.name, path, ...largest };
  });
}

/** Area, centroid and width of a ring. */
function middleOf(ring) {
  let [area, cx, cy] = [0, 0, 0];
  let [left, right] = [Infinity, -Infinity];
  ring.forEach(([x, y], n) => {
    const [nextX, nextY] = ring[(n + 1) % ring.length];
    const cross = x * nextY - nextX * y;
    area += cross;
    cx += (x + nextX) * cross;
    cy += (y + nextY) * cross;
    left = Math.min(left, x);
    right = Math.max(right, x);
  });
  return { area: Math.abs(area / 2), at: [cx / (3 * area), cy / (3 * area)], width: right - left };
}

/** Marks that stand near each other on the screen as one; the deadliest first, so that it gives the place. */
function clustered(points) {
  const cells = new Map();
  const found = [];
  for (const point of points) {
    const [column, row] = [Math.floor(point.x / JOIN), Math.floor(point.y / JOIN)];
    let home = null;
    for (let dx = -1; dx <= 1 && !home; dx++) {
      for (let dy = -1; dy <= 1 && !home; dy++) {
        home = (cells.get(`${column + dx},${row + dy}`) ?? []).find(
          (one) => Math.hypot(one.x - point.x, one.y - point.y) < JOIN,
        );
      }
    }
    if (home) {
      home.events.push(point.event);
      continue;
    }
    const cluster = { x: point.x, y: point.y, events: [point.event] };
    const key = `${column},${row}`;
    cells.set(key, [...(cells.get(key) ?? []), cluster]);
    found.push(cluster);
  }
  return found;
}

/** openEvent(event) when a mark of one is chosen, choose(events) when one of several is that no zoom can part. */
function eventMap({ openEvent, choose }) {
  const canvas = h('canvas', { tabindex: '0', role: 'img', 'aria-label': 'Map of the events' });
  const tip = h('div', { class: 'tip', hidden: true, 'aria-hidden': 'true' });
  const zoomButton = (text, label, act) =>
    h('button', { type: 'button', 'aria-label': label, title: label, onclick: act }, text);
  const element = h(
    'figure',
    { class: 'map' },
    canvas,
    tip,
    h(
      'div',
      { class: 'map-buttons' },
      zoomButton('+', 'Zoom in', () => zoomBy(1.6)),
      zoomButton('−', 'Zoom out', () => zoomBy(1 / 1.6)),
      zoomButton('⤢', 'Show all events', () => fit()),
    ),
    h('figcaption', {}, 'Size: people killed and injured. Borders: Natural Earth, de facto, no statement of ours.'),
  );
  let countries = [];
  let events = [];
  let clusters = [];
  let view = { x: 0, y: 0, k: 100 }; // the point in the middle and pixels for a radian
  let [width, height] = [0, 0];

  embedded('outlines').then((topology) => {
    countries = countriesOf(topology).sort((one, other) => other.area - one.area);
    canvas.dataset.ready = 'true';
    draw();
  });

  const toScreen = ([x, y]) => [(x - view.x) * view.k + width / 2, (y - view.y) * view.k + height / 2];

  function fit(shown = events) {
    const points = shown.map((event) => event.point);
    const xs = points.map(([x]) => x);
    const ys = points.map(([, y]) => y);
    const range = (list, fallback) =>
      list.length ? list.reduce(([a, b], v) => [Math.min(a, v), Math.max(b, v)], [Infinity, -Infinity]) : fallback;
    const [left, right] = range(xs, [-Math.PI, Math.PI]);
    const [top, bottom] = range(ys, [-1.9, 1.1]);
    const room = 1.25;
    const k = Math.min(
      width / Math.max((right - left) * room, LEAST_EXTENT * 4),
      height / Math.max((bottom - top) * room, LEAST_EXTENT * 3),
    );
    view = { x: (left + right) / 2, y: (top + bottom) / 2, k: within(k) };
    draw();
  }

  const leastZoom = () => Math.max(width / (2 * Math.PI), 10);
  const within = (k) => Math.max(leastZoom(), Math.min(MOST_ZOOM, k));

  function zoomBy(factor, [px, py] = [width / 2, height / 2]) {
    const k = within(view.k * factor);
    // what is under the pointer stays there
    view.x += (px - width / 2) * (1 / view.k - 1 / k);
    view.y += (py - height / 2) * (1 / view.k - 1 / k);
    view.k = k;
    draw();
  }

  function draw() {
    if (!width) return;
    const context = canvas.getContext('2d');
    const ratio = devicePixelRatio || 1;
    view.x = Math.max(-Math.PI, Math.min(Math.PI, view.x));
    view.y = Math.max(-2.2, Math.min(1.3, view.y));
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.fillStyle = token('sea');
    context.fillRect(0, 0, width, height);
    context.setTransform(
      ratio * view.k,
      0,
      0,
      ratio * view.k,
      ratio * (width / 2 - view.x * view.k),
      ratio * (height / 2 - view.y * view.k),
    );
    context.fillStyle = token('land');
    context.strokeStyle = token('border');
    context.lineWidth = 0.7 / view.k;
    context.lineJoin = 'round';
    for (const { path } of countries) {
      context.fill(path, 'evenodd');
      context.stroke(path);
    }
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    clusters = placeMarks();
    drawNames(context);
    drawMarks(context);
  }

  function placeMarks() {
    const near = events.map((event) => ({ event, x: toScreen(event.point)[0], y: toScreen(event.point)[1] }));
    const margin = 60;
    const found = clustered(
      near.filter(({ x, y }) => x > -margin && x < width + margin && y > -margin && y < height + margin),
    );
    for (const cluster of found) cluster.r = radiusOf(cluster.events);
    return found;
  }

  /** The names of countries that have the room, the largest first; none is written over another or over a mark. */
  function drawNames(context) {
    context.font = `500 10px ${getComputedStyle(document.body).fontFamily}`;
    context.fillStyle = token('label');
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    const taken = clusters.map(({ x, y, r }) => ({ left: x - r, right: x + r, top: y - r, bottom: y + r }));
    for (const { name, at, width: extent } of countries) {
      const half = context.measureText(name).width / 2;
      if (!at || extent * view.k < half * 2.2) continue;
      const [x, y] = toScreen(at);
      const box = { left: x - half - 3, right: x + half + 3, top: y - 7, bottom: y + 7 };
      if (box.left < 0 || box.right > width || box.top < 0 || box.bottom > height) continue;
      if (
        taken.some(
          (one) => one.left < box.right && one.right > box.left && one.top < box.bottom && one.bottom > box.top,
        )
      )
        continue;
      taken.push(box);
      context.fillText(name, x, y);
    }
  }

  function drawMarks(context) {
    const colours = index.categories.map((_, n) => token(`category-${n}`));
    const [surface, ink] = [token('surface'), token('ink')];
    for (const cluster of clusters) {
      const { x, y, r } = cluster;
      const single = cluster.events.length === 1;
      let from = -Math.PI / 2;
      const shares = new Map();
      for (const event of cluster.events)
        shares.set(categoryOf(event.type), (shares.get(categoryOf(event.type)) ?? 0) + 1);
      for (const [category, count] of [...shares].sort(([one], [other]) => one - other)) {
        const to = from + (2 * Math.PI * count) / cluster.events.length;
        context.beginPath();
        if (!single) context.moveTo(x, y);
        context.arc(x, y, r, from, to);
        context.fillStyle = colours[category];
        context.fill();
        from = to;
      }
      circle(context, x, y, r, null, surface);
      if (single) continue;
      circle(context, x, y, Math.max(r - 4, 7), surface, null);
      context.fillStyle = ink;
      context.font = `600 ${cluster.events.length > 999 ? 9 : 11}px ${getComputedStyle(document.body).fontFamily}`;
      context.fillText(numbers.format(cluster.events.length), x, y + 0.5);
    }
  }

  function circle(context, x, y, r, fillStyle, strokeStyle) {
    context.beginPath();
    context.arc(x, y, r, 0, 2 * Math.PI);
    if (fillStyle) {
      context.fillStyle = fillStyle;
      context.fill();
    }
    if (strokeStyle) {
      context.strokeStyle = strokeStyle;
      context.lineWidth = 1.5;
      context.stroke();
    }
  }

  const harmed = (list) => list.reduce((sum, event) => sum + (event.harmed ?? 0), 0);
  function radiusOf(list) {
    // the area grows with the toll
    return Math.min(MOST_RADIUS, (list.length === 1 ? 4.5 : 12) + 0.8 * Math.sqrt(harmed(list)));
  }

  // the one drawn last lies on top
  const at = (x, y) => clusters.findLast((one) => Math.hypot(one.x - x, one.y - y) <= Math.max(one.r, 12)) ?? null;

  function choosing(cluster) {
    if (cluster.events.length === 1) {
      openEvent(cluster.events[0]);
      return;
    }
    const first = cluster.events[0].point;
    const spread = Math.max(...cluster.events.map(({ point }) => Math.hypot(point[0] - first[0], point[1] - first[1])));
    if (spread * MOST_ZOOM > JOIN * 1.5 && view.k < MOST_ZOOM) fit(cluster.events);
    else choose(cluster.events);
  }

  let dragged = null;
  canvas.addEventListener('pointerdown', (event) => {
    dragged = { x: event.clientX, y: event.clientY, moved: false };
    canvas.setPointerCapture(event.pointerId);
  });
  canvas.addEventListener('pointermove', (event) => {
    if (dragged) {
      const [dx, dy] = [event.clientX - dragged.x, event.clientY - dragged.y];
      if (!dragged.moved && Math.hypot(dx, dy) < 4) return;
      Object.assign(dragged, { x: event.clientX, y: event.clientY, moved: true });
      view.x -= dx / view.k;
      view.y -= dy / view.k;
      draw();
      return;
    }
    const cluster = at(event.offsetX, event.offsetY);
    canvas.style.cursor = cluster ? 'pointer' : 'grab';
    tip.hidden = !cluster;
    if (cluster) {
      tip.replaceChildren(...tipText(cluster.events));
      tip.style.left = `${Math.min(cluster.x + 12, width - 200)}px`;
      tip.style.top = `${cluster.y + 12}px`;
    }
  });
  canvas.addEventListener('pointerleave', () => (tip.hidden = true));
  canvas.addEventListener('pointercancel', () => (dragged = null));
  canvas.addEventListener('pointerup', (event) => {
    const cluster = dragged && !dragged.moved ? at(event.offsetX, event.offsetY) : null;
    dragged = null;
    if (cluster) choosing(cluster);
  });
  canvas.addEventListener(
    'wheel',
    (event) => {
      if (!event.ctrlKey && !event.metaKey) return; // the page scrolls
      event.preventDefault();
      zoomBy(Math.exp(-event.deltaY / 300), [event.offsetX, event.offsetY]);
    },
    { passive: false },
  );
  canvas.addEventListener('dblclick', (event) => zoomBy(2, [event.offsetX, event.offsetY]));
  const moves = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  canvas.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (moves[event.key]) {
      view.x += (moves[event.key][0] * 60) / view.k;
      view.y += (moves[event.key][1] * 60) / view.k;
      draw();
    } else if (event.key === '+' || event.key === '=') zoomBy(1.6);
    else if (event.key === '-') zoomBy(1 / 1.6);
    else if (event.key === '0') fit();
    else return;
    event.preventDefault();
  });

  function tipText(list) {
    if (list.length > 1) return [h('strong', {}, many(list.length, 'event')), h('div', {}, said(list[0].place_name))];
    const [event] = list;
    const toll = tollText(event.toll);
    return [
      h('strong', {}, typeName(event.type)),
      h('div', {}, said(event.place_name)),
      toll && h('div', {}, toll),
    ].filter(Boolean);
  }

  let fitted = false;
  new ResizeObserver(() => {
    [width, height] = [canvas.clientWidth, canvas.clientHeight];
    const ratio = devicePixelRatio || 1;
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
    if (!width) return;
    if (fitted) draw();
    else fit();
    fitted = true;
  }).observe(canvas);
  themeListeners.push(draw);

  return {
    element,
    /** Draws these events; those without coordinates are left out. */
    show(found) {
      events = found.filter((event) => event.point).sort((one, other) => (other.harmed ?? 0) - (one.harmed ?? 0));
      const elsewhere = found.length - events.length;
      canvas.setAttribute(
        'aria-label',
        `Map of ${many(events.length, 'event')}; ${numbers.format(elsewhere)} more have no coordinates. ` +
          'Arrow keys move it, plus and minus zoom; the table lists the same events.',
      );
      draw();
    },
    fit,
  };
}
