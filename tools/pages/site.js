// Search by words, and what a page of the site does by itself.

const MOST = 30; // results
const field = (id) => document.getElementById(id);
const finder = field("finder");

let words = null;

// The list of words is fetched once it is wanted; a script works from a disk too.
function list() {
  return (words ??= fetchWords());
}

function fetchWords() {
  const script = Object.assign(document.createElement("script"), { src: "assets/words.js" });
  document.head.append(script);
  return new Promise((done) => (script.onload = () => done(globalThis.learnkitWords)));
}

// How well a section answers: 0 unless each word begins one of its own, more where its heading does.
function rank([, , title, heading, words], asked) {
  const begins = (text, word) => ` ${text}`.includes(` ${word}`);
  if (!asked.every((word) => begins(words, word) || begins(title.toLowerCase(), word))) return 0;
  const whole = asked.filter((word) => ` ${words} `.includes(` ${word} `)).length;
  return 1 + whole + 3 * asked.filter((word) => begins(heading.toLowerCase(), word)).length;
}

async function find() {
  const sections = await list();
  const asked = field("asked").value.toLowerCase().split(/\s+/).filter(Boolean); // as it is now
  const ranked = sections
    .map((section) => [asked.length ? rank(section, asked) : 0, section])
    .filter(([points]) => points)
    .sort(([one], [other]) => other - one);
  field("found").replaceChildren(...ranked.slice(0, MOST).map(([, section]) => row(section)));
  const many = ranked.length > MOST ? `, the best ${MOST} are shown` : "";
  const places = ranked.length === 1 ? "1 place" : `${ranked.length} places`;
  field("count").textContent = asked.length ? `${places}${many}` : "";
}

function row([page, anchor, title, heading]) {
  const link = document.createElement("a");
  link.href = `${page}#${encodeURIComponent(anchor)}`;
  link.textContent = heading;
  const item = document.createElement("li");
  item.append(link, heading === title ? "" : ` ${title}`);
  link.addEventListener("click", () => finder.close());
  return item;
}

function open() {
  finder.showModal();
  field("asked").select();
  find();
}

// Arrow keys go through the results; Enter in the field takes the first of them.
function walk(event) {
  const links = [...finder.querySelectorAll("a")];
  const at = links.indexOf(document.activeElement);
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step && links.length) {
    event.preventDefault();
    (links[at + step] ?? (step < 0 ? field("asked") : links.at(-1))).focus();
  } else if (event.key === "Enter" && event.target === field("asked")) {
    event.preventDefault();
    links[0]?.click();
  }
}

field("search").addEventListener("click", open);
field("asked").addEventListener("input", find);
finder.addEventListener("keydown", walk);
document.addEventListener("keydown", (event) => {
  const busy = event.ctrlKey || event.metaKey || event.altKey || finder.open;
  if (event.key !== "/" || busy || event.target.closest?.("input, textarea, select")) return;
  event.preventDefault();
  open();
});

// A formula of a line that is wider than the page is moved sideways by itself.
function frameFormulas() {
  for (const formula of document.querySelectorAll("math:not([display=block])")) {
    const { right, width } = formula.getBoundingClientRect();
    const room = document.getElementById("content").getBoundingClientRect().right;
    if (width === 0 || right <= room || formula.closest(".wide")) continue;
    const frame = Object.assign(document.createElement("span"), { className: "wide" });
    formula.replaceWith(frame);
    frame.append(formula);
  }
}

// Write beside each outcome what was guessed on this page or in an earlier visit.
function showGuesses() {
  for (const place of document.querySelectorAll("[data-guess]")) {
    const { learnkit: key } = place.closest("[data-learnkit]").dataset;
    const asked = document.querySelector(`[data-kind=prediction][data-learnkit="${key}"]`);
    const unit = JSON.parse(asked?.dataset.rules ?? "{}").unit ?? "";
    const guess = keptOf(key)?.entry?.guess;
    if (guess !== undefined) place.textContent = `${guess} ${unit}`;
  }
}

// What practice keeps of a question, in the browser or, where that keeps nothing, on the page.
function keptOf(key) {
  const unsaved = globalThis.learnkitUnsaved?.[key];
  try {
    return JSON.parse(localStorage.getItem(`learnkit:${key}`)) ?? unsaved;
  } catch {
    return unsaved;
  }
}
showGuesses();
document.addEventListener("learnkit:changed", showGuesses);

// What can be moved sideways can be moved by keys.
function reach() {
  frameFormulas();
  for (const part of document.querySelectorAll("pre, .table, .wide, math[display=block]")) {
    if (part.scrollWidth > part.clientWidth) part.tabIndex = 0;
    else part.removeAttribute("tabindex");
  }
}
reach();
addEventListener("resize", reach);
document.addEventListener("toggle", reach, true);
