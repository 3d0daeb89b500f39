// The timeline: how many events on each day, week, month or year. A drag over it, or a click on a bar, sets the dates.

const MOST_BARS = 72;
const FEWEST_BARS = 12;
const FOOT = 18;

const UNITS = [
  { name: 'day', days: 1, digits: 10, start: (t) => Math.floor(t / DAY) * DAY, next: (t) => t + DAY },
  {
    name: 'week',
    days: 7,
    digits: 10,
    start: (t) => Math.floor((t / DAY + 3) / 7) * 7 * DAY - 3 * DAY,
    next: (t) => t + 7 * DAY,
  },
  { name: 'month', days: 30.4, digits: 7, start: (t) => firstDay(t, 1), next: (t) => firstDay(t, 1, 1) },
  { name: 'quarter', days: 91.3, digits: 7, start: (t) => firstDay(t, 3), next: (t) => firstDay(t, 3, 1) },
  { name: 'year', days: 365.2, digits: 4, start: (t) => firstDay(t, 12), next: (t) => firstDay(t, 12, 1) },
  { name: 'decade', days: 3652, digits: 4, start: (t) => firstDay(t, 120), next: (t) => firstDay(t, 120, 1) },
];

const emptyBin = (unit, from) => ({ from, to: unit.next(from), counts: new Map(), total: 0 });

/** Where most of the dates are: a few from long before would leave the others no room. */
function usualRange(times) {
  const sorted = [...times].sort((one, other) => one - other);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  const [low, high] = [at(0.05), at(0.95)];
  const room = Math.max((high - low) * 0.5, 30 * DAY);
  return [Math.max(sorted[0], low - room), Math.min(sorted.at(-1), high + room)];
}

/** choose(from, to) is called with ISO days. */
function timeline({ choose }) {
  const plot = svg('svg', { class: 'bars', role: 'img' });
  const caption = h('figcaption');
  const element = h('figure', { class: 'timeline' }, plot, caption);
  let bins = [];
  let shown = [];
  let [width, height] = [0, 0];
  let dragged = null;

  function draw() {
    if (!width) return;
    const dated = shown.filter((event) => event.time !== null);
    const undated = shown.length - dated.length;
    plot.replaceChildren();
    plot.setAttribute('viewBox', `0 0 ${width} ${height}`);
    if (!dated.length) {
      bins = [];
      caption.textContent = shown.length ? 'None of these events has a date.' : 'No events.';
      return;
    }
    const [from, to] = usualRange(dated.map((event) => event.time));
    const days = (to - from) / DAY + 1;
    const unit = UNITS.find((one) => days / one.days <= Math.min(MOST_BARS, width / 7)) ?? UNITS.at(-1);
    bins = [];
    for (let time = unit.start(from); time <= to; time = unit.next(time)) bins.push(emptyBin(unit, time));
    // a few bars as wide as the page say no more
    for (let after = true; bins.length < FEWEST_BARS; after = !after) {
      if (after) bins.push(emptyBin(unit, bins.at(-1).to));
      else bins.unshift(emptyBin(unit, unit.start(bins[0].from - 1)));
    }
    let outside = 0;
    for (const event of dated) {
      const bin = bins.find((one) => event.time >= one.from && event.time < one.to);
      if (!bin) {
        outside++;
        continue;
      }
      bin.counts.set(categoryOf(event.type), (bin.counts.get(categoryOf(event.type)) ?? 0) + 1);
      bin.total++;
    }
    drawBars(unit);
    plot.setAttribute(
      'aria-label',
      `Events by ${unit.name} from ${isoDay(bins[0].from)} to ${isoDay(bins.at(-1).to - DAY)}, ` +
        `at most ${Math.max(...bins.map((bin) => bin.total))}; the date fields filter in the same way.`,
    );
    const notes = [`Events by ${unit.name}. Drag over the bars, or click on one, to choose dates.`];
    if (undated) notes.push(`${many(undated, 'event')} without a date.`);
    if (outside)
      notes.push(`${numbers.format(outside)} before ${isoDay(bins[0].from)} or after ${isoDay(bins.at(-1).to - DAY)}.`);
    caption.textContent = notes.join(' ');
  }

  function drawBars(unit) {
    const step = width / bins.length;
    const highest = Math.max(...bins.map((bin) => bin.total));
    const scale = (height - FOOT - 14) / highest;
    bins.forEach((bin, n) => {
      let y = height - FOOT;
      for (const [category, count] of [...bin.counts].sort(([one], [other]) => one - other)) {
        const tall = count * scale;
        y -= tall;
        const gap = Math.min(2, step * 0.15);
        plot.append(
          svg('rect', {
            class: `category-${category}`,
            x: n * step + gap / 2,
            y,
            width: step - gap,
            height: Math.max(tall - 0.5, 0.5),
          }),
        );
      }
      const title = `${daysText(isoDay(bin.from), isoDay(bin.to - DAY))}: ${many(bin.total, 'event')}`;
      plot.append(
        svg('rect', { class: 'touch', x: n * step, y: 0, width: step, height: height - FOOT }, svg('title', {}, title)),
      );
    });
    plot.append(svg('line', { class: 'axis', x1: 0, x2: width, y1: height - FOOT + 0.5, y2: height - FOOT + 0.5 }));
    plot.append(svg('text', { class: 'tick', x: 0, y: 10 }, numbers.format(highest)));
    const every = Math.ceil((78 * bins.length) / width);
    bins.forEach((bin, n) => {
      if (n % every) return;
      const text = isoDay(bin.from).slice(0, unit.digits);
      if (n * step + 62 <= width) plot.append(svg('text', { class: 'tick', x: n * step + 1, y: height - 4 }, text));
    });
    plot.append(svg('rect', { class: 'brush', y: 0, height: height - FOOT, visibility: 'hidden' }));
  }

  const binAt = (event) => {
    const { left } = plot.getBoundingClientRect();
    return Math.max(0, Math.min(bins.length - 1, Math.floor(((event.clientX - left) / width) * bins.length)));
  };

  plot.addEventListener('pointerdown', (event) => {
    if (!bins.length) return;
    dragged = binAt(event);
    plot.setPointerCapture(event.pointerId);
    brush(dragged, dragged);
  });
  plot.addEventListener('pointermove', (event) => dragged !== null && brush(dragged, binAt(event)));
  plot.addEventListener('pointercancel', () => (dragged = null));
  plot.addEventListener('pointerup', (event) => {
    if (dragged === null) return;
    const [one, other] = [dragged, binAt(event)].sort((a, b) => a - b);
    dragged = null;
    choose(isoDay(bins[one].from), isoDay(bins[other].to - DAY));
  });

  function brush(one, other) {
    const step = width / bins.length;
    const area = plot.querySelector('.brush');
    area.setAttribute('x', Math.min(one, other) * step);
    area.setAttribute('width', (Math.abs(one - other) + 1) * step);
    area.setAttribute('visibility', 'visible');
  }

  new ResizeObserver(([entry]) => {
    const { width: wide, height: tall } = entry.contentRect;
    if (wide === width && tall === height) return;
    [width, height] = [wide, tall];
    draw();
  }).observe(plot);

  return {
    element,
    show(events) {
      shown = events;
      draw();
    },
  };
}
