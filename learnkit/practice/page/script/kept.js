// What was answered: kept in the browser, told to Python where a wire (wire.js) listens, shown wherever it is asked.
/* global refresh */

const PREFIX = "learnkit:";
const unsaved = (globalThis.learnkitUnsaved ??= {}); // where the browser keeps nothing

function read(name) {
  try {
    return JSON.parse(localStorage.getItem(PREFIX + name)) ?? unsaved[name];
  } catch {
    return unsaved[name];
  }
}

function write(name, value) {
  unsaved[name] = value;
  try {
    localStorage.setItem(PREFIX + name, JSON.stringify(value));
  } catch {
    forget(name); // the shelf is full or shut: it lives as long as the page
  }
}

function forget(name) {
  try {
    localStorage.removeItem(PREFIX + name);
  } catch {
    return; // a private window, or a frame that may keep nothing
  }
}

// What is known of a question: `entry` was answered `at` a time, and `told` says whether Python knows.
function recall(key) {
  return read(key) ?? { entry: stored(key), at: 0, told: true };
}

function stored(key) {
  try {
    return JSON.parse(document.querySelector(`[data-learnkit-answered="${key}"]`).dataset.entry);
  } catch {
    return {}; // nothing is stored, or nothing that can be read
  }
}

function keep(key, change) {
  write(key, { entry: { ...recall(key).entry, ...change }, at: Date.now(), told: false });
  announce(key);
  tell(key);
}

function announce(key) {
  document.dispatchEvent(new CustomEvent("learnkit:changed", { detail: { key } }));
}

function redraw({ detail: { key } }) {
  document.querySelectorAll(`[data-learnkit="${key}"]`).forEach(refresh);
}

// Tell Python what it does not know yet; otherwise ask what it knows.
function tell(key) {
  const { entry, at, told } = recall(key);
  const detail = { key, at, entry: told ? null : entry };
  document.dispatchEvent(new CustomEvent("learnkit:tell", { detail }));
}

function hear({ detail: { key, entry, at } }) {
  const mine = recall(key);
  const answeredSince = at === undefined ? !mine.told : at !== mine.at;
  if (answeredSince) return;
  const known = Object.keys(mine.entry).length;
  if (!known && !Object.keys(entry).length) return;
  const forgotten = known && !Object.keys(entry).length;
  if (forgotten && mine.told) {
    write(key, { ...mine, told: false });
    tell(key);
    return;
  }
  write(key, { entry: { ...mine.entry, ...entry }, at: mine.at, told: true });
  announce(key);
}
