"use strict";
// Ways through the graph over the facts that the filters let through.

let walked = { flags: null, edges: null };

/** By number of the edge, whether a fact of it passes the filters. */
function passingEdges() {
  const { flags } = passing();
  if (walked.flags !== flags) {
    walked = { flags, edges: Uint8Array.from(page.edges, ({ facts }) => Number(facts.some((number) => flags[number]))) };
  }
  return walked.edges;
}

function otherEnd({ from, to }, entity) {
  return from === entity ? to : from;
}

/** The entities that a passing fact links with this one, each once; `usable` may forbid edges. */
function neighboursOf(entity, usable = () => true) {
  const open = passingEdges();
  const found = new Set();
  for (const number of edgesAt[entity]) {
    if (open[number] && usable(page.edges[number])) found.add(otherEnd(page.edges[number], entity));
  }
  found.delete(entity);
  return [...found];
}

/** The most connected first. */
function byDegree(one, other) {
  return page.entities[other].degree - page.entities[one].degree || one - other;
}

/** Entities by their distance from one, up to `depth`; at most `limit` of them, the near and most connected. */
function neighbourhood(entity, depth, limit) {
  const levels = [[entity]];
  const seen = new Set(levels[0]);
  let left = 0;
  for (let step = 0; step < depth && levels.at(-1).length; step += 1) {
    const next = new Set(levels.at(-1).flatMap((near) => neighboursOf(near)).filter((far) => !seen.has(far)));
    const ranked = [...next].sort(byDegree);
    const kept = ranked.slice(0, Math.max(0, limit - seen.size));
    left += ranked.length - kept.length;
    for (const far of ranked) seen.add(far);
    if (kept.length) levels.push(kept);
    if (kept.length < ranked.length) break;
  }
  return { levels, left };
}

/** The steps from an entity to the nearest that `isGoal`, both included; null where there is none within `limit` steps. */
function wayTo(entity, isGoal, limit) {
  const cameFrom = new Map([[entity, null]]);
  let ring = [entity];
  for (let step = 0; ring.length && step <= limit; step += 1) {
    const goal = ring.filter(isGoal).sort(byDegree)[0];
    if (goal !== undefined) {
      const way = [goal];
      while (cameFrom.get(way[0]) !== null) way.unshift(cameFrom.get(way[0]));
      return way;
    }
    const next = [];
    for (const near of ring) {
      for (const far of neighboursOf(near).sort(byDegree)) {
        if (!cameFrom.has(far)) { cameFrom.set(far, near); next.push(far); }
      }
    }
    ring = next;
  }
  return null;
}

const MANY_PATHS = 12; // entities on all shortest paths together; with more only one path is shown

/** The shortest paths between two as columns of entities; over denied facts only where there is no other. Null without a path. */
function shortestPaths(start, goal) {
  const found = pathColumns(start, goal, (edge) => edge.modality !== "negated");
  if (found) return { ...found, isDenied: false };
  const denied = pathColumns(start, goal, () => true);
  return denied && { ...denied, isDenied: true };
}

function pathColumns(start, goal, usable) {
  const distance = new Map([[goal, 0]]);
  let ring = [goal];
  while (ring.length && !distance.has(start)) {
    const next = [];
    for (const near of ring) {
      for (const far of neighboursOf(near, usable)) {
        if (!distance.has(far)) { distance.set(far, distance.get(near) + 1); next.push(far); }
      }
    }
    ring = next;
  }
  if (!distance.has(start)) return null;
  const onward = (entity) => neighboursOf(entity, usable).filter((next) => distance.get(next) === distance.get(entity) - 1).sort(byDegree);
  const all = [[start]];
  const one = [[start]];
  while (one.at(-1)[0] !== goal) {
    all.push([...new Set(all.at(-1).flatMap(onward))].sort(byDegree));
    one.push(onward(one.at(-1)[0]).slice(0, 1));
  }
  const size = all.reduce((sum, column) => sum + column.length, 0);
  return { columns: size <= MANY_PATHS ? all : one, isAll: size <= MANY_PATHS };
}
