"use strict";
// The data of the page, and the only way its parts are made: by text, never by markup.

const { nodes, edges, options, page } = JSON.parse(document.getElementById("graph-data").textContent);
const STANCES = ["asserted", "planned", "hedged", "negated"];
const typeOf = new Map(page.types.map((type) => [type.name, type]));

/** An element with these attributes and children; strings become text nodes. */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}

function byId(id) {
  return document.getElementById(id);
}

function cssColour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

function typeDot(typeName) {
  const dot = make("span", { class: "dot" });
  dot.style.background = `var(--type${typeOf.get(typeName).colour})`;
  return dot;
}

/** What a value is called: an entity's label, or a literal as the article wrote it. */
function valueText(value) {
  return "entity" in value ? page.entities[value.entity].label : value.text || value.value;
}

function isAbout(fact, entity) {
  return fact.subject === entity || fact.object.entity === entity;
}
