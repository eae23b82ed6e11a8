"use strict";
// Time in equal periods: months, years or more, as few as can be told apart.

const STEPS = [1, 12, 24, 60, 120, 300, 600, 1200, 6000, 12000]; // months in a period
const MOST_PERIODS = 90;
const MONTH_NAMES = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

function monthOf(day) {
  return Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1;
}

function lastOfMonth(year, month) {
  return new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate(); // the calendar repeats itself
}

function dayText(year, month, day) {
  return [String(year).padStart(4, "0"), String(month).padStart(2, "0"), String(day).padStart(2, "0")].join("-");
}

/** The periods from the first to the last day: {step, first, count}, in months; null without days. */
function periodsOf(days) {
  if (!days.length) return null;
  let [least, most] = days[0];
  for (const [from, to] of days) {
    if (from < least) least = from;
    if (to > most) most = to;
  }
  const [start, end] = [monthOf(least), monthOf(most)];
  const step = STEPS.find((months) => (months > 1 || end - start < 36) && (end - start) / months < MOST_PERIODS) ?? STEPS.at(-1);
  const first = Math.floor(start / step);
  return { step, first, count: Math.floor(end / step) - first + 1 };
}

/** Which period a day is in, from 0; outside of them, the nearest. */
function periodAt(periods, day) {
  const at = Math.floor(monthOf(day) / periods.step) - periods.first;
  return Math.min(Math.max(at, 0), periods.count - 1);
}

function firstDay(periods, at) {
  const month = (periods.first + at) * periods.step;
  return dayText(Math.floor(month / 12), (month % 12) + 1, 1);
}

function lastDay(periods, at) {
  const month = (periods.first + at + 1) * periods.step - 1;
  const year = Math.floor(month / 12);
  return dayText(year, (month % 12) + 1, lastOfMonth(year, (month % 12) + 1));
}

function periodName(periods, at) {
  const month = (periods.first + at) * periods.step;
  const year = Math.floor(month / 12);
  if (periods.step === 1) return `${MONTH_NAMES[month % 12]} ${year}`;
  return periods.step === 12 ? String(year) : `${year}–${year + periods.step / 12 - 1}`;
}

/** How many of the facts tell of each period; one that lasts counts in all of its own. */
function periodCounts(periods, facts) {
  const change = new Int32Array(periods.count + 1);
  for (const { when } of facts) {
    if (when === null) continue;
    change[periodAt(periods, when[0])] += 1;
    change[periodAt(periods, when[1]) + 1] -= 1;
  }
  let sum = 0;
  return Array.from(change.subarray(0, periods.count), (more) => (sum += more));
}

/** A day that someone typed, a year or a month too: its first day, or its last; null: no such. */
function typedDay(text, isLast) {
  const [, year, month, day] = /^(\d{4})(?:-(\d\d?)(?:-(\d\d?))?)?$/.exec(text.trim()) ?? [];
  if (year === undefined) return null;
  const m = Number(month ?? (isLast ? 12 : 1));
  if (m < 1 || m > 12) return null;
  const typed = dayText(Number(year), m, Number(day ?? (isLast ? lastOfMonth(Number(year), m) : 1)));
  return isDay(typed) ? typed : null;
}
