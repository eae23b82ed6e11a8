"use strict";
// A neighbourhood in rings around its entity: who is one step away stands in the first.

const RING_STEP = { x: 190, y: 118 }; // from one ring to the next: labels are wide

/** Places by entity, for the levels of `neighbourhood`. */
function inRings(levels) {
  const [[centre]] = levels;
  const at = new Map([[centre, { x: 0, y: 0, size: Math.max(22, radiusOf(centre)) }]]);
  const angles = new Map([[centre, 0]]);
  let ring = 0;
  for (const [step, members] of levels.slice(1).entries()) {
    const inner = new Set(levels[step]);
    let waiting = inOrder(members, inner, angles, step === 0);
    const share = waiting.length; // what does not fit into one ring is dealt to further ones
    const rings = [];
    for (let room = 0; room < share; ring += 1) {
      rings.push(ring + 1);
      room += capacity(ring + 1, waiting);
    }
    const size = Math.ceil(share / rings.length);
    for (const [turn, number] of rings.entries()) {
      const own = waiting.filter((_, position) => position % rings.length === turn);
      putOnRing(own.length ? own : waiting.slice(0, size), number, at, angles);
    }
    waiting = [];
  }
  return apart(at, centre);
}

/** Members in the order in which they go around: by family, further out by where their neighbours stand. */
function inOrder(members, inner, angles, isFirst) {
  const key = new Map();
  for (const entity of members) {
    const family = page.types[page.entities[entity].type].family;
    if (isFirst) { key.set(entity, family); continue; }
    let x = 0;
    let y = 0;
    for (const near of neighboursOf(entity)) {
      if (inner.has(near)) { x += Math.cos(angles.get(near)); y += Math.sin(angles.get(near)); }
    }
    key.set(entity, Math.round(1000 * turnOf(Math.atan2(y, x))));
  }
  return [...members].sort((one, other) => key.get(one) - key.get(other) || byDegree(one, other));
}

/** An angle from the top, clockwise, from 0 to 2π. */
function turnOf(angle) {
  return (angle + 2.5 * Math.PI) % (2 * Math.PI);
}

/** How far along a ring a box reaches at an angle: at the sides boxes stand upon each other. */
function stepAt(angle, ring, { width, height }) {
  const dx = Math.abs(Math.sin(angle) * ring * RING_STEP.x);
  const dy = Math.abs(Math.cos(angle) * ring * RING_STEP.y);
  return Math.min((width + BOX_GAP) / Math.max(dx, 1), (height + BOX_GAP) / Math.max(dy, 1));
}

function capacity(ring, members) {
  const boxes = members.map((entity) => boxOf(entity));
  const box = { width: Math.max(...boxes.map(({ width }) => width)), height: Math.max(...boxes.map(({ height }) => height)) };
  let number = 0;
  for (let angle = 0; angle < 2 * Math.PI; number += 1) angle += stepAt(angle, ring, box);
  return Math.max(1, number - 1);
}

function putOnRing(members, ring, at, angles) {
  const boxes = members.map((entity) => boxOf(entity));
  const walk = (scale) => {
    const found = [];
    let angle = -Math.PI / 2;
    for (const box of boxes) {
      found.push(angle);
      angle += stepAt(angle, ring, box) * scale;
    }
    return { found, total: angle + Math.PI / 2 };
  };
  let low = 0.3;
  let high = 60;
  for (let round = 0; round < 24; round += 1) {
    const middle = (low + high) / 2;
    if (walk(middle).total > 2 * Math.PI) high = middle;
    else low = middle;
  }
  for (const [position, angle] of walk(low).found.entries()) {
    const entity = members[position];
    angles.set(entity, angle);
    at.set(entity, {
      x: Math.round(Math.cos(angle) * ring * RING_STEP.x), y: Math.round(Math.sin(angle) * ring * RING_STEP.y),
      size: boxes[position].radius,
    });
  }
}

const ROUNDS = 60;

/** Pushes boxes apart that overlap; the one in the middle stays. */
function apart(at, centre) {
  const boxes = [...at].map(([entity, { x, y, size }]) => {
    const box = boxOf(entity, size);
    return { entity, size, x, y: y - size, width: box.width + BOX_GAP, height: box.height + BOX_GAP / 2, fixed: entity === centre };
  }); // x is the middle, y the upper edge
  for (let round = 0; round < ROUNDS; round += 1) {
    let moved = false;
    boxes.sort((one, other) => one.y - other.y || one.entity - other.entity);
    for (const [number, one] of boxes.entries()) {
      for (let next = number + 1; next < boxes.length && boxes[next].y < one.y + one.height; next += 1) {
        moved = push(one, boxes[next]) || moved;
      }
    }
    if (!moved) break;
  }
  return new Map(boxes.map(({ entity, x, y, size }) => [entity, { x: Math.round(x), y: Math.round(y + size), size }]));
}

function push(one, other) {
  const dx = (one.width + other.width) / 2 - Math.abs(one.x - other.x);
  const dy = one.y + one.height - other.y; // `other` is not higher
  if (dx <= 0.5 || dy <= 0.5) return false;
  const share = one.fixed ? [0, 1] : other.fixed ? [1, 0] : [0.5, 0.5];
  if (dx < dy) {
    const side = one.x < other.x || (one.x === other.x && one.entity < other.entity) ? 1 : -1;
    one.x -= side * dx * share[0];
    other.x += side * dx * share[1];
  } else {
    one.y -= dy * share[0];
    other.y += dy * share[1];
  }
  return true;
}
