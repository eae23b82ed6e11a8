"use strict";
// A list of choices in the filters, of any length: folded together, with a box to find in it.

const FEW = 8; // shown of a long list until the reader asks for more
const MANY = 50; // never more at once
const FINDABLE = 12; // longer lists have a box to find in them
const TREE = 30; // and longer trees

/**
 * A list of check boxes that choose values of `key` in the state. Options are {values, label, sign,
 * title, inner}: one that stands for many values chooses all of them. `countsOf` gives a function
 * from an option to the number of facts that it would leave.
 */
function choiceList({ key, label, options, countsOf, isOpen }) {
  const list = { key, options, countsOf, rows: new Map(), shown: [], isWhole: options.length <= FINDABLE };
  list.body = make("div", { class: "options", role: "group", "aria-label": label });
  list.chosen = make("span", { class: "badge", hidden: true });
  list.isTree = options.some((option) => option.inner); // of which the roots come first
  list.find = options.length > (list.isTree ? TREE : FINDABLE)
    ? make("input", { type: "search", class: "find", placeholder: `Find in ${count(options.length, "name")}`, "aria-label": `Find in ${label}`, oninput: () => drawChoices(list) })
    : null;
  list.more = make("button", { type: "button", class: "show-more", hidden: true, onclick: () => { list.isWhole = true; drawChoices(list); } });
  list.rest = make("p", { class: "rest", hidden: true });
  list.folded = options.map((option) => folded(option.label));
  list.element = make("details", { class: "facet", id: key, open: isOpen, ontoggle: () => drawChoices(list) },
    make("summary", {}, make("h3", {}, label), list.chosen), ...[list.find].filter(Boolean), list.body, list.more, list.rest);
  onChange((now, before) => { if (differs(before, FILTERS)) drawChoices(list); });
  return list.element;
}

function toggleChoice(key, values, isOn) {
  const others = state[key].filter((value) => !values.includes(value));
  change({ [key]: isOn ? [...others, ...values] : others }, { push: true });
}

/** The row of an option, made when it is first shown. */
function choiceRow(list, option) {
  let row = list.rows.get(option);
  if (row) return row;
  const box = make("input", { type: "checkbox", onchange: () => toggleChoice(list.key, option.values, box.checked) });
  const number = make("small");
  row = { box, number, element: make("label", { class: option.inner ? "option inner" : "option", title: option.title }, box,
    ...[option.sign].filter(Boolean), make("span", {}, option.label), number) };
  list.rows.set(option, row);
  return row;
}

/** The options to show: those found, the first few of them, and whatever is chosen. */
function shownOptions(list) {
  const wanted = folded(list.find?.value.trim() ?? "");
  const found = wanted ? list.options.filter((_, at) => list.folded[at].includes(wanted)) : list.options;
  const isWhole = list.isWhole || wanted !== "";
  const chosen = new Set(state[list.key]);
  let room = MANY;
  const shown = found.filter((option, at) =>
    (isWhole || (list.isTree ? !option.inner : at < FEW) || option.values.some((value) => chosen.has(value))) && room-- > 0);
  return { shown, hidden: found.length - shown.length, found: found.length };
}

function drawChoices(list) {
  const chosen = new Set(state[list.key]);
  list.chosen.textContent = String(chosen.size);
  list.chosen.hidden = !chosen.size;
  if (!list.element.open) return;
  const { shown, hidden, found } = shownOptions(list);
  if (shown.length !== list.shown.length || shown.some((option, at) => option !== list.shown[at])) {
    const focused = document.activeElement;
    list.body.replaceChildren(...shown.map((option) => choiceRow(list, option).element));
    list.shown = shown;
    if (list.body.contains(focused)) focused.focus();
  }
  const numberOf = list.countsOf();
  for (const option of shown) {
    const { box, number, element } = choiceRow(list, option);
    const on = option.values.filter((value) => chosen.has(value)).length;
    box.checked = on > 0 && on === option.values.length;
    box.indeterminate = on > 0 && on < option.values.length;
    const left = numberOf(option);
    number.textContent = left.toLocaleString("en");
    element.classList.toggle("none", left === 0);
  }
  list.more.hidden = hidden === 0 || list.isWhole;
  list.more.textContent = `${Math.min(hidden, MANY - shown.length)} more`;
  list.rest.hidden = found > 0 && (hidden === 0 || !list.isWhole);
  list.rest.textContent = found ? `and ${hidden.toLocaleString("en")} more: find them by name` : "Nothing of that name";
}
