"use strict";
// The time that facts tell of, with a brush to choose a part of it.

const HEIGHT = 46; // of the bars
const periods = periodsOf(page.facts.flatMap(({ when }) => (when ? [when] : [])));
const timeless = page.facts.filter(({ when }) => when === null).length;

/** The chosen periods, [first, last]; all of them where nothing is chosen. */
function brushed() {
  const first = state.from ? periodAt(periods, state.from) : 0;
  return [first, Math.max(first, state.to ? periodAt(periods, state.to) : periods.count - 1)];
}

/** Chooses periods. All of them are no filter, so that facts without a time come back. */
function brush(first, last, { push }) {
  change({ from: first > 0 ? firstDay(periods, first) : null, to: last < periods.count - 1 ? lastDay(periods, last) : null }, { push });
}

function makeHandle(side) {
  return makeSvg("g", { class: "handle", role: "slider", tabindex: 0, "data-side": side, "aria-orientation": "horizontal",
    "aria-label": side === "from" ? "First period" : "Last period", "aria-valuemin": 0, "aria-valuemax": periods.count - 1 },
  makeSvg("rect", { class: "hit", x: side === "from" ? -32 : -12, y: -4, width: 44, height: HEIGHT + 8 }),
  makeSvg("rect", { class: "grip", x: -4, y: HEIGHT / 2 - 11, width: 8, height: 22, rx: 4 }),
  makeSvg("line", { y1: 0, y2: HEIGHT }));
}

function dayField(key, label) {
  const field = make("input", { type: "text", id: `${key}-day`, size: 10, placeholder: "yyyy-mm-dd", "aria-label": label, autocomplete: "off", onchange: () => {
    const day = field.value.trim() ? typedDay(field.value, key === "to") : null;
    const isWrong = field.value.trim() !== "" && day === null;
    field.setAttribute("aria-invalid", String(isWrong));
    byId("time-said").textContent = isWrong ? "A year, a month or a day, like 2021, 2021-03 or 2021-03-31" : "";
    if (isWrong) return;
    const [from, to] = key === "from" ? [day, state.to] : [state.from, day];
    change(from && to && from > to ? { from: to, to: from } : { from, to }, { push: true });
  } });
  return field;
}

function makeTimeline() {
  const parts = {
    svg: makeSvg("svg", { class: "brush", height: HEIGHT + 18, "aria-label": "Facts by time" }),
    all: makeSvg("path", { class: "all" }), left: makeSvg("path", { class: "left" }),
    chosen: makeSvg("rect", { class: "window", y: 0, height: HEIGHT }),
    axis: makeSvg("g", { class: "axis", "aria-hidden": "true" }),
    from: makeHandle("from"), to: makeHandle("to"),
    fields: { from: dayField("from", "From day"), to: dayField("to", "To day") },
    clear: make("button", { type: "button", class: "show-more", onclick: () => { change({ from: null, to: null }, { push: true }); parts.from.focus(); } }, "Any time"),
    width: 0,
  };
  parts.svg.append(parts.all, parts.left, parts.chosen, parts.axis, parts.from, parts.to);
  return parts;
}

const timeline = periods && makeTimeline();

/** The place of the left edge of a period, in pixels. */
function edgeOf(at) {
  return 8 + (at * (timeline.width - 16)) / periods.count;
}

function bars(counts, scale) {
  const gap = timeline.width / periods.count > 6 ? 1 : 0;
  return counts.map((number, at) => {
    if (!number) return "";
    const height = Math.max(2, number * scale);
    return `M${edgeOf(at) + gap} ${HEIGHT}V${(HEIGHT - height).toFixed(1)}H${(edgeOf(at + 1) - gap).toFixed(1)}V${HEIGHT}z`;
  }).join("");
}

const totals = periods && periodCounts(periods, page.facts);

function drawAxis() {
  const least = periods.step === 1 ? 96 : 64;
  const every = [1, 2, 5, 10, 20, 50, 100].find((n) => (n * timeline.width) / periods.count >= least) ?? periods.count;
  const ticks = [];
  for (let at = 0; at < periods.count; at += 1) {
    if (((periods.first + at) % every) || edgeOf(at) + least * 0.6 > timeline.width) continue;
    const text = makeSvg("text", { x: edgeOf(at), y: HEIGHT + 14 });
    text.textContent = periods.step === 1 ? periodName(periods, at) : periodName(periods, at).slice(0, 4).replace("–", "");
    ticks.push(makeSvg("line", { x1: edgeOf(at), x2: edgeOf(at), y1: HEIGHT, y2: HEIGHT + 4 }), text);
  }
  timeline.axis.replaceChildren(makeSvg("line", { x1: 8, x2: timeline.width - 8, y1: HEIGHT, y2: HEIGHT }), ...ticks);
}

function drawBrush() {
  const [first, last] = brushed();
  const isBrushed = Boolean(state.from || state.to);
  const places = { from: edgeOf(first), to: edgeOf(last + 1) };
  timeline.chosen.setAttribute("x", places.from);
  timeline.chosen.setAttribute("width", Math.max(0, places.to - places.from));
  timeline.svg.classList.toggle("brushed", isBrushed);
  for (const side of ["from", "to"]) {
    const at = side === "from" ? first : last;
    timeline[side].setAttribute("transform", `translate(${places[side]} 0)`);
    timeline[side].setAttribute("aria-valuenow", at);
    timeline[side].setAttribute("aria-valuetext", periodName(periods, at));
    const field = timeline.fields[side];
    if (document.activeElement !== field || !field.matches("[aria-invalid=true]")) field.value = state[side] ?? "";
  }
  timeline.clear.hidden = !isBrushed;
  byId("time-chosen").textContent = isBrushed ? (first === last ? periodName(periods, first) : `${periodName(periods, first)} – ${periodName(periods, last)}`)
    : `${periodName(periods, 0)} – ${periodName(periods, periods.count - 1)}`;
  byId("timeless").textContent = !timeless ? "" : isBrushed ? `${count(timeless, "fact")} without a time left out` : `${count(timeless, "fact")} without a time`;
}

function drawTimeline() {
  timeline.width = timeline.svg.clientWidth;
  if (byId("timeline").hidden || !timeline.width) return;
  const scale = HEIGHT / Math.max(...totals);
  timeline.all.setAttribute("d", bars(totals, scale));
  timeline.left.setAttribute("d", bars(periodCounts(periods, passingBut("time")), scale));
  drawAxis();
  drawBrush();
}

/** The nearest edge between periods to a place in the picture, 0 to their number. */
function edgeAt(event) {
  const place = event.clientX - timeline.svg.getBoundingClientRect().left;
  const at = Math.round(((place - 8) * periods.count) / (timeline.width - 16));
  return Math.min(Math.max(at, 0), periods.count);
}

/** What dragging does from where it began: moves a handle, the whole window, or opens a new one. */
function dragFrom(event) {
  const [first, last] = brushed();
  const start = edgeAt(event);
  const side = event.target.closest(".handle")?.dataset.side;
  const fixed = side === "from" ? last + 1 : side === "to" ? first : start;
  const isMoved = !side && (state.from || state.to) && start > first && start < last + 1;
  return (edge) => {
    if (!isMoved) return [Math.min(fixed, edge), Math.max(fixed, edge) - 1];
    const by = Math.min(Math.max(edge - start, -first), periods.count - 1 - last);
    return [first + by, last + by];
  };
}

function onPointerDown(event) {
  if (event.button !== 0) return;
  event.preventDefault();
  event.target.closest(".handle")?.focus();
  const chosen = dragFrom(event);
  let shown = null;
  timeline.svg.setPointerCapture(event.pointerId);
  timeline.svg.onpointermove = (moved) => {
    const [first, last] = chosen(edgeAt(moved));
    if (last < first || `${first} ${last}` === shown) return;
    brush(first, last, { push: shown === null });
    shown = `${first} ${last}`;
  };
  timeline.svg.onpointerup = timeline.svg.onpointercancel = () => { timeline.svg.onpointermove = null; };
}

const STRIDES = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -5, PageUp: 5, Home: -Infinity, End: Infinity };

function onHandleKey(event) {
  const side = event.target.closest(".handle")?.dataset.side;
  if (!side || !(event.key in STRIDES)) return;
  event.preventDefault();
  const [first, last] = brushed();
  const stride = STRIDES[event.key];
  if (side === "from") brush(Math.min(Math.max(first + stride, 0), last), last, { push: true });
  else brush(first, Math.max(Math.min(last + stride, periods.count - 1), first), { push: true });
}

function foldTimeline(shut) {
  byId("timeline").classList.toggle("shut", shut);
  byId("fold-time").setAttribute("aria-expanded", String(!shut));
  if (!shut) drawTimeline();
}

function startTimeline() {
  const { svg, fields, clear } = timeline;
  byId("timeline").append(
    make("div", { class: "when" },
      make("button", { type: "button", id: "fold-time", "aria-controls": "time-brush", onclick: () => {
        const shut = !byId("timeline").classList.contains("shut");
        habits.set("timeline", shut ? "shut" : "open");
        foldTimeline(shut);
      } }, "Time"),
      make("b", { id: "time-chosen" }), make("span", { id: "timeless" }), make("span", { id: "time-said", role: "status" }),
      make("span", { class: "typed" }, clear, fields.from, make("span", { "aria-hidden": "true" }, "–"), fields.to)),
    make("div", { id: "time-brush" }, svg));
  svg.addEventListener("pointerdown", onPointerDown);
  svg.addEventListener("keydown", onHandleKey);
  foldTimeline(isNarrow.matches || habits.get("timeline") === "shut");
  new ResizeObserver(drawTimeline).observe(svg);
  onChange((now, before) => {
    if (!differs(before, ["view", ...FILTERS])) return;
    byId("timeline").hidden = !["graph", "table"].includes(now.view);
    drawTimeline();
  });
}

if (periods) startTimeline();
