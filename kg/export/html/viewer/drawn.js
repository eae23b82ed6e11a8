"use strict";
// Which entities are drawn, and where: what the page opens with and what the reader asked for.

const MAX_DRAWN = 500; // more are a black ball, whatever the library
const story = new Map(nodes.map(({ id, x, y, size, label }) => [id, { x, y, size, label }]));

/** The entities to draw and their places: entity to {x, y, size}. */
function drawnNodes() {
  return story;
}

/** Numbers of the edges that are drawn: both ends are, and a fact of theirs passes the filters. */
function drawnEdges(drawn) {
  return page.edges
    .filter((edge) => drawn.has(edge.from) && drawn.has(edge.to) && edge.facts.some(passes))
    .map((edge) => edge.number);
}
