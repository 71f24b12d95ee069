// What questions are made of: buttons, badges, the place of a verdict, keys that stay inside, options, a field.
/* global MARK, SIGNS, tellHost */

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
  element.setAttribute(MARK, "");
  return element;
}

function badge(state, word) {
  const [sign, usual, colour] = SIGNS[state];
  const look = { class: "lkq-badge", style: `background:${colour}` };
  return make("span", look, `${sign}\uFE0E ${word ?? usual}`);
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

// Keys stay in the question. `act` names what a key does; what it does not name is left to the browser. With Ctrl, Cmd or
// Alt a key is the host's.
function keys(root, act) {
  for (const kind of ["keypress", "keyup"]) {
    root.addEventListener(kind, (event) => event.stopPropagation());
  }
  root.addEventListener("keydown", (event) => {
    const held = event.ctrlKey || event.metaKey || event.altKey;
    if (held && !event.isTrusted) return; // it is being told
    event.stopPropagation();
    if (held && !edits(event)) tellHost(root, event);
    else if (!held && !event.isComposing && act(event.key, event.target)) event.preventDefault();
  });
}

// Whether a field itself does something with a key that is pressed with another: copies, goes by words, writes a letter.
function edits({ key, altKey, target }) {
  if (target.tagName !== "INPUT") return false;
  return (altKey && key !== "Enter") || /^([acvxyz]|Arrow.*|Home|End|Backspace|Delete)$/i.test(key);
}

// The options of a question as lettered buttons. `choose` is called with the one that was chosen.
function optionButtons(root, choose) {
  const list = root.querySelector("ol");
  const options = shuffled([...list.children], root.dataset.learnkit).map((row, index) => {
    const option = { letter: "ABCDEFGHIJ"[index], text: row.dataset.text };
    option.right = "right" in row.dataset;
    option.words = row.querySelector(".lkq-text");
    option.feedback = row.querySelector(".lkq-feedback");
    option.sign = make("span", { class: "lkq-sign" });
    option.button = button("", () => choose(option), "lkq-option");
    const letter = make("span", { class: "lkq-letter" }, option.letter);
    option.button.append(letter, option.words, option.sign);
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
  const labelled = make("label", {}, `${label} `, field, ` ${unit}`);
  const row = make("div", { class: "lkq-row" }, labelled, action);
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

// Each learner has an order of options of their own; where the browser keeps nothing, it is the author's.
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
