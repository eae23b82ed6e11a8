"use strict";
// The filters beside the graph. Nothing chosen in a list lets all of it through.

function addChoices(id, key, choices) {
  for (const { value, sign, label, number } of choices) {
    const box = make("input", {
      type: "checkbox",
      onchange: () => change({
        [key]: box.checked ? [...state[key], value] : state[key].filter((other) => other !== value),
      }),
    });
    onChange(() => { box.checked = state[key].includes(value); });
    byId(id).append(make("label", { class: "option" }, box, sign, make("span", {}, label), make("small", {}, String(number))));
  }
}

addChoices("types", "types", page.types.map((type, value) => ({
  value, sign: familyDot(page.families[type.family]), label: type.label, number: type.count,
})));
addChoices("stances", "stances", STANCES.map((stance) => ({
  value: stance, sign: make("span", { class: `stroke ${stance}` }), label: stance,
  number: page.facts.filter((fact) => fact.modality === stance).length,
})));
byId("reset").addEventListener("click", () => change(Object.fromEntries(FILTERS.map((key) => [key, START[key]])), { push: true }));
onChange(() => { byId("reset").hidden = !isFiltered(); });
