// Turns the still markup of practice into something to answer: choices, numbers, predictions, cards, hints.
// It needs neither Python nor a network: it judges by itself, keeps what was answered in the browser, and tells
// Python where a wire (wire.js) listens. Texts stand in the markup and are moved, never made anew, so that the page's
// own typesetter finds their mathematics. SIGNS and CSS are put before it by page.py.
/* global SIGNS, CSS */

// ---- what was answered ----

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
    return; // a page from a file, a private window, a full shelf: it lives as long as the page
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

// Show what was answered, unless it is shown already: nothing is taken out of the learner's hands.
function refresh(root) {
  const { entry } = recall(root.dataset.learnkit);
  const text = JSON.stringify(entry);
  if (root.learnkitShown === text) return;
  root.learnkitShown = text;
  root.learnkitShow?.(entry);
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
  const forgotten = !Object.keys(entry).length && Object.keys(mine.entry).length;
  if (forgotten && mine.told) {
    write(key, { ...mine, told: false });
    tell(key);
    return;
  }
  write(key, { entry: { ...mine.entry, ...entry }, at: mine.at, told: true });
  announce(key);
}

// ---- the order of options: each learner has their own ----

function seed() {
  try {
    localStorage[`${PREFIX}seed`] ??= Math.random();
    return localStorage[`${PREFIX}seed`];
  } catch {
    return null;
  }
}

function shuffled(items, key) {
  const own = seed();
  if (own === null) return items;
  const ranked = items.map((item, index) => [rank(`${own} ${key} ${index}`), item]);
  return ranked.sort(([one], [other]) => one - other).map(([, item]) => item);
}

// A number that looks drawn by lot and is the same for the same text: FNV-1a, with its bits mixed at the end.
function rank(text) {
  let hash = 2166136261;
  for (const character of text) hash = Math.imul(hash ^ character.codePointAt(0), 16777619);
  hash = Math.imul(hash ^ (hash >>> 15), 2246822507);
  return (hash ^ (hash >>> 13)) >>> 0;
}

// ---- numbers: the same rules as typed.py and quiz.py, tried with the same table of cases ----

const ONE_NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

// The number that was typed, or the name of the sentence that says why it is none.
function readNumber(typed, { unit, least, most, whole }) {
  let written = typed.replace(/\s+/g, "").replaceAll("\u2212", "-");
  const tail = unit.replace(/\s+/g, "");
  if (tail && written.endsWith(tail)) written = written.slice(0, -tail.length);
  written = written.replace(/(\d)_(?=\d)/g, "$1");
  if (/^[+-]?\d{1,3}(,\d{3}){2,}$/.test(written)) written = written.replaceAll(",", "");
  if (written.includes(",")) return "comma";
  const parts = written.split("/");
  if (parts.length > 2 || !parts.every((part) => ONE_NUMBER.test(part))) return "unreadable";
  const number = parts.length === 2 ? parts[0] / parts[1] : Number(parts[0]);
  if (!Number.isFinite(number)) return "unreadable";
  if (number < (least ?? -Infinity) || number > (most ?? Infinity)) return "outside";
  return whole && !Number.isInteger(number) ? "broken" : number;
}

// What to say to a typed answer: a name in `say`, or the index of a feedback of its own.
function judge(typed, rules) {
  const number = readNumber(typed, rules);
  if (typeof number === "string") return number;
  if (Math.abs(number - rules.answer) <= rules.tolerance) return "correct";
  const distances = rules.feedback.map((wrong) => Math.abs(number - wrong));
  const fits = (wrong, index) => distances[index] <= (Number.isInteger(wrong) ? 0 : Math.abs(wrong) / 1000);
  const near = distances.filter((_, index) => fits(rules.feedback[index], index));
  return near.length ? distances.indexOf(Math.min(...near)) : whatIsOff(number, rules);
}

function whatIsOff(number, { answer, tolerance, percent }) {
  if (!answer || !number) return "other";
  const share = Math.max(Math.min(tolerance / Math.abs(answer), 1e-3), 1e-9);
  const is = (wrong) => Math.abs(number - wrong) <= share * Math.abs(wrong);
  if (is(-answer)) return "sign";
  if (is(1 / answer)) return "reciprocal";
  const power = Math.round(Math.log10(Math.abs(number / answer)));
  if (!power || !is(answer * 10 ** power)) return "other";
  return percent && Math.abs(power) === 2 ? "percent" : "ten";
}

// As `write_number` in typed.py writes it: six significant digits unless it is whole.
function writeNumber(number, unit) {
  const [digits, power] = number.toExponential(5).split("e");
  let text = String(Number(number.toPrecision(6)));
  if (Number.isInteger(number) && Math.abs(number) < 1e15) {
    text = Math.abs(number) >= 1e6 ? number.toLocaleString("en-US") : String(number);
  } else if (power < -4 || power >= 6) {
    text = `${Number(digits)}e${power[0]}${power.slice(1).padStart(2, "0")}`;
  }
  return `${text} ${unit}`.trim();
}

// ---- pieces of a question ----

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

function button(name, act, look = "lkq-button") {
  const made = make("button", { type: "button", class: look }, name);
  made.addEventListener("click", act);
  return quiet(made);
}

// JupyterLab takes a key for its own shortcut unless the very element that has the focus says this.
function quiet(element) {
  element.setAttribute("data-lm-suppress-shortcuts", "");
  return element;
}

function badge(state, word) {
  const [sign, usual, colour] = SIGNS[state];
  return make("span", { class: "lkq-badge", style: `background:${colour}` }, `${sign}\uFE0E ${word ?? usual}`);
}

function fromHtml(html) {
  const piece = make("span");
  piece.innerHTML = html;
  return piece;
}

// The place of the verdict. All that may ever be said lies in it, one upon the other and unseen, so that it has its
// height from the start and nothing moves when something is said.
function verdictPlace(root) {
  const place = make("div", { class: "lkq-place", role: "status" });
  root.append(place);
  return {
    add(state, content, word) {
      const item = make("div", { class: "lkq-verdict" });
      if (state) item.append(badge(state, word), " ");
      item.style.borderColor = state ? SIGNS[state][2] : "transparent";
      item.append(content);
      place.append(item);
      return item;
    },
    show(item) {
      for (const each of place.children) each.classList.toggle("lkq-shown", each === item);
    },
  };
}

// Keys stay in the question. `act` names what a key does; what it does not name is left to the browser.
function keys(root, act) {
  for (const kind of ["keydown", "keypress", "keyup"]) {
    root.addEventListener(kind, (event) => {
      event.stopPropagation();
      const held = event.ctrlKey || event.metaKey || event.altKey || event.isComposing;
      if (kind === "keydown" && !held && act(event.key, event.target)) event.preventDefault();
    });
  }
}

// The options of a question as lettered buttons. `choose` is called with the one that was chosen.
function optionButtons(root, choose) {
  const list = root.querySelector("ol");
  const options = shuffled([...list.children], root.dataset.learnkit).map((row, index) => {
    const option = { letter: "ABCDEFGHIJ"[index], text: row.dataset.text, right: "right" in row.dataset };
    option.words = row.querySelector(".lkq-text");
    option.feedback = row.querySelector(".lkq-feedback");
    option.sign = make("span", { class: "lkq-sign" });
    option.button = button("", () => choose(option), "lkq-option");
    option.button.append(make("span", { class: "lkq-letter" }, option.letter), option.words, option.sign);
    row.replaceChildren(option.button);
    return option;
  });
  list.append(...options.map((option) => option.button.parentElement));
  list.removeAttribute("style"); // the letters stand on the buttons now
  list.setAttribute("role", "list");
  return options;
}

function press(options, chosen) {
  for (const option of options) option.button.setAttribute("aria-pressed", option === chosen);
}

function mark(option, state) {
  option.sign.textContent = state ? `${SIGNS[state][0]}\uFE0E` : "";
  option.sign.title = state ? SIGNS[state][1] : "";
  option.button.dataset.state = state ?? "";
  option.button.style.setProperty("--lkq-state", state ? SIGNS[state][2] : "transparent");
}

// A–D and the arrow keys choose an option, Enter commits it, or the one that has the focus.
function optionKeys(options, choose, commit) {
  return (key, target) => {
    const at = options.findIndex((option) => option.button === target);
    const lettered = options.find((option) => option.letter === key.toUpperCase());
    const step = { ArrowDown: 1, ArrowUp: -1 }[key];
    if (lettered) return pick(lettered);
    if (step && at >= 0) return pick(options[(at + step + options.length) % options.length]);
    if (key !== "Enter" || (at < 0 && target.tagName === "BUTTON")) return false;
    if (at >= 0 && target.getAttribute("aria-pressed") !== "true") choose(options[at]);
    commit();
    return true;
  };
  function pick(option) {
    option.button.focus();
    choose(option);
    return true;
  }
}

function numberField(root, label, unit, name, commit) {
  const attributes = { type: "text", autocomplete: "off", spellcheck: "false", class: "lkq-field" };
  const field = quiet(make("input", attributes));
  const action = button(name, commit);
  const row = make("div", { class: "lkq-row" }, make("label", {}, `${label} `, field, ` ${unit}`), action);
  root.append(row);
  return { field, action, row };
}

function enterKey(commit) {
  return (key, target) => {
    if (key !== "Enter" || target.tagName === "BUTTON") return false;
    commit();
    return true;
  };
}

// ---- the kinds ----

function choice(root) {
  const key = root.dataset.learnkit;
  const options = optionButtons(root, choose);
  root.append(make("div", { class: "lkq-row" }, button("Check", commit)));
  const place = verdictPlace(root);
  const range = `${options[0].letter}\u2013${options.at(-1).letter}`;
  const first = place.add(null, `Choose with a click or ${range}, then press Check or Enter.`);
  for (const option of options) {
    option.verdict = place.add(option.right ? "correct" : "incorrect", option.feedback);
  }
  let chosen = null;

  function choose(option) {
    chosen = option;
    press(options, chosen);
    place.show(option.judged ? option.verdict : first);
  }
  function commit() {
    if (!chosen) return place.show(first);
    const { correct, tried = [] } = recall(key).entry;
    if (correct) return reveal(chosen); // solved: the reasons of the others may still be read
    keep(key, { answer: chosen.text, correct: chosen.right, tried: [...new Set([...tried, chosen.text])] });
  }
  function reveal(option) {
    option.judged = true;
    mark(option, option.right ? "correct" : "incorrect");
    place.show(option.verdict);
  }
  function show({ answer, tried = [] }) {
    options.filter((option) => tried.includes(option.text)).forEach(reveal);
    chosen = options.find((option) => option.text === answer) ?? null;
    press(options, chosen);
    if (chosen) reveal(chosen);
    else place.show(first);
  }
  keys(root, optionKeys(options, choose, commit));
  return show;
}

function number(root) {
  const key = root.dataset.learnkit;
  const rules = JSON.parse(root.dataset.rules);
  const said = [...root.querySelectorAll("[data-feedback]")];
  const right = root.querySelector("[data-right]");
  root.querySelector("details").remove();
  const { field } = numberField(root, "Your answer", rules.unit, "Check", commit);
  const place = verdictPlace(root);
  const first = place.add(null, "Type a number, then press Check or Enter.");
  const verdicts = { correct: place.add("correct", right) };
  said.forEach((feedback, index) => (verdicts[index] = place.add("incorrect", feedback)));
  for (const [name, [state, html]] of Object.entries(rules.say)) {
    verdicts[name] = place.add(state, fromHtml(html));
  }

  function commit() {
    const found = judge(field.value, rules);
    place.show(verdicts[found]);
    const judged = rules.say[found]?.[0] !== "not attempted";
    if (judged && !recall(key).entry.correct) {
      keep(key, { answer: readNumber(field.value, rules), correct: found === "correct" });
    }
  }
  function show({ answer }) {
    if (answer === undefined) return place.show(first);
    if (readNumber(field.value, rules) !== answer) field.value = answer;
    place.show(verdicts[judge(String(answer), rules)]);
  }
  keys(root, enterKey(commit));
  return show;
}

function prediction(root) {
  const key = root.dataset.learnkit;
  const rules = JSON.parse(root.dataset.rules);
  const asked = root.querySelector("ol") ? guessOption(root, () => commit()) : guessNumber(root, rules, () => commit());
  const change = button("Change my guess", reopen);
  asked.row.append(change);
  const place = verdictPlace(root);
  const first = place.add(null, asked.first);
  const refused = Object.fromEntries(
    Object.entries(rules.say).map(([name, [state, html]]) => [name, place.add(state, fromHtml(html))]),
  );
  const again = place.add("hint", "Until you commit, the first one counts.", "Another guess");
  const guessed = make("span");
  const later = make("span", {}, ". You may change it until the outcome is shown.");
  const committed = place.add("committed", make("span", {}, "Your guess: ", guessed, later));
  let changing = false;

  function commit() {
    const { guess: before, outcome } = recall(key).entry;
    if (before !== undefined && !changing) return;
    const guess = asked.read();
    if (guess in refused) return place.show(refused[guess]);
    if (guess === null) return place.show(first);
    changing = false;
    if (before !== undefined && outcome !== undefined) return show(recall(key).entry);
    keep(key, { guess });
    show(recall(key).entry);
    change.focus();
  }
  function reopen() {
    changing = true;
    show(recall(key).entry);
    asked.focus();
  }
  function show({ guess, outcome }) {
    const made = guess !== undefined && asked.set(guess);
    const open = !made || changing;
    asked.enable(open);
    asked.action.hidden = !open;
    change.hidden = open || outcome !== undefined;
    if (!made) return place.show(first);
    guessed.textContent = asked.written(guess);
    later.hidden = outcome !== undefined;
    place.show(changing ? again : committed);
  }
  keys(root, asked.keys);
  return show;
}

function guessOption(root, commit) {
  const options = optionButtons(root, choose);
  const action = button("Commit", commit);
  const row = make("div", { class: "lkq-row" }, action);
  root.append(row);
  let chosen = null;
  let enabled = true;
  const named = (text) => options.find((option) => option.text === text);

  function choose(option) {
    if (!enabled) return;
    chosen = option;
    press(options, option);
  }
  return {
    row,
    action,
    first: `Choose with a click or ${options[0].letter}\u2013${options.at(-1).letter}, then press Commit or Enter.`,
    keys: optionKeys(options, choose, commit),
    read: () => chosen?.text ?? null,
    focus: () => (chosen ?? options[0]).button.focus(),
    written: (guess) => named(guess).letter,
    enable(on) {
      enabled = on;
      for (const option of options) option.button.setAttribute("aria-disabled", !on);
    },
    set(guess) {
      for (const option of options) mark(option, option.text === guess ? "committed" : null);
      if (enabled || !chosen) chosen = named(guess) ?? null;
      press(options, chosen);
      return Boolean(named(guess));
    },
  };
}

function guessNumber(root, rules, commit) {
  const { field, action, row } = numberField(root, "Your guess", rules.unit, "Commit", commit);
  return {
    row,
    action,
    first: "Type a number, then press Commit or Enter.",
    keys: enterKey(commit),
    read: () => readNumber(field.value, rules),
    focus: () => field.select(),
    written: (guess) => writeNumber(guess, rules.unit),
    enable: (on) => (field.readOnly = !on),
    set(guess) {
      if (readNumber(field.value, rules) !== guess) field.value = guess;
      return Number.isFinite(guess);
    },
  };
}

function cards(root) {
  const faces = [...root.querySelectorAll("details")].map((fold) => [
    make("div", { class: "lkq-term" }, ...fold.querySelector("summary").childNodes),
    make("div", { class: "lkq-meaning" }, ...fold.querySelector(".lkq-feedback").childNodes),
  ]);
  root.querySelectorAll("details").forEach((fold) => fold.remove());
  const count = make("div", { class: "lkq-count" });
  const stack = faces.map((face) => make("div", { class: "lkq-face" }, ...face));
  const card = button("", turn, "lkq-card");
  card.append(make("span", { class: "lkq-place" }, ...stack));
  const row = make("div", { class: "lkq-row" }, button("Previous", () => go(-1)), button("Turn", turn));
  row.append(button("Next", () => go(1)), count);
  root.append(make("div", { role: "status" }, card), row);
  let at = 0;
  let turned = false;

  function turn() {
    turned = !turned;
    draw();
  }
  function go(steps) {
    at = (at + steps + stack.length) % stack.length;
    turned = false;
    draw();
  }
  function draw() {
    stack.forEach((face, index) => face.classList.toggle("lkq-shown", index === at));
    faces.forEach(([, meaning]) => meaning.classList.toggle("lkq-turned", turned));
    card.setAttribute("aria-expanded", turned);
    count.textContent = `Card ${at + 1} of ${stack.length}`;
  }
  swipe(card, go);
  keys(root, (key) => {
    const steps = { ArrowLeft: -1, ArrowRight: 1 }[key];
    if (steps) go(steps);
    return Boolean(steps);
  });
  draw();
}

// A swipe to the left goes on, to the right back; up and down the page still scrolls.
function swipe(element, go) {
  let from = null;
  element.addEventListener("touchstart", ({ touches }) => (from = touches[0]), { passive: true });
  element.addEventListener("touchend", (event) => {
    const { clientX, clientY } = event.changedTouches[0];
    const [across, along] = [clientX - from.clientX, clientY - from.clientY];
    if (Math.abs(across) < 40 || Math.abs(across) < 2 * Math.abs(along)) return;
    if (event.cancelable) event.preventDefault(); // so that it is no tap, which would turn the card
    go(across < 0 ? 1 : -1);
  });
}

// Hints one after the other and the solution, beneath a verdict; what was opened stays open.
function verdict(root) {
  const key = root.dataset.learnkit;
  const folds = [...root.querySelectorAll("details")];
  const panels = folds.map((fold) => {
    const title = make("div", { class: "lkq-title" }, fold.querySelector("summary").textContent);
    return make("div", { class: "lkq-panel" }, title, fold.querySelector(".lkq-feedback"));
  });
  folds.forEach((fold) => fold.remove());
  const hints = panels.filter((_, index) => "hint" in folds[index].dataset);
  const solution = panels.find((_, index) => "solution" in folds[index].dataset);
  const next = button("", () => keep(key, { hints: (recall(key).entry.hints ?? 0) + 1 }));
  const other = button("Solution", toggle);
  const row = make("div", { class: "lkq-row" });
  if (hints.length) row.append(next);
  if (solution) row.append(other);
  root.append(row, make("div", { "aria-live": "polite" }, ...panels));
  let folded = null;

  function toggle() {
    folded = !solution.hidden;
    keep(key, { solution_seen: true });
  }
  function show({ hints: opened = 0, solution_seen: seen = false }) {
    hints.forEach((hint, index) => (hint.hidden = index >= opened));
    const last = opened >= hints.length;
    next.textContent = last ? "No more hints" : `Hint ${opened + 1} of ${hints.length}`;
    next.setAttribute("aria-disabled", last);
    if (!solution) return;
    solution.hidden = folded ?? !seen;
    other.setAttribute("aria-expanded", !solution.hidden);
  }
  keys(root, () => false);
  return show;
}

const kinds = { choice, number, prediction, cards, verdict, outcome: () => null };

// Wake all questions of the page that still lie there as text.
function wake() {
  for (const root of document.querySelectorAll("[data-learnkit]:not([data-awake])")) {
    if (!kinds[root.dataset.kind]) continue;
    root.dataset.awake = "";
    root.learnkitShow = kinds[root.dataset.kind](root);
    refresh(root);
    if ("kept" in root.dataset) tell(root.dataset.learnkit);
  }
}

function greetWire() {
  document.querySelectorAll("[data-awake][data-kept]").forEach((root) => tell(root.dataset.learnkit));
}

document.head.append(make("style", {}, CSS));
document.addEventListener("learnkit:changed", redraw);
document.addEventListener("learnkit:told", hear);
document.addEventListener("learnkit:wire", greetWire);
window.addEventListener("storage", ({ key }) => {
  if (key?.startsWith(PREFIX)) announce(key.slice(PREFIX.length));
});

export default { wake, kinds, judge, readNumber, writeNumber, make, button, keys, verdictPlace, badge };
