"use strict";
// The only way the parts of the page are made: by text, never by markup.

/** An element with these attributes and children; strings become text nodes, null nothing. */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value !== null && value !== undefined && value !== false) {
      element.setAttribute(name, value === true ? "" : value);
    }
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

/** The same for a part of a drawing. */
function makeSvg(tag, attributes = {}, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

function byId(id) {
  return document.getElementById(id);
}

function isStill() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}

/** A dot in the colour of a family of types, with its icon or that of one of its types. */
function familyDot(family, icon = family.icon) {
  const path = page.icons?.[icon];
  const dot = make("span", { class: path ? "dot drawn" : "dot", "aria-hidden": "true" });
  dot.style.background = `var(--type${family.colour})`;
  if (path) dot.append(makeSvg("svg", { viewBox: "0 0 24 24" }, makeSvg("path", { d: path })));
  return dot;
}

/** The dot of an entity: the colour of its family, the icon of its type. */
function entityDot(entity) {
  return familyDot(familyOf(entity), page.types[page.entities[entity].type].icon);
}
