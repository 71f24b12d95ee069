// What is asked: choices and numbers are judged, predictions committed to.

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
    const others = tried.filter((text) => text !== chosen.text);
    keep(key, { answer: chosen.text, correct: chosen.right, tried: [...others, chosen.text] });
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
  const verdicts = { correct: place.add("correct", right), ...sentences(place, rules) };
  said.forEach((feedback, index) => (verdicts[index] = place.add("incorrect", feedback)));

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

// The sentences that page.py sends along, by their names, each in the place of the verdict.
function sentences(place, { say }) {
  const items = Object.entries(say).map(([name, [state, html]]) => {
    return [name, place.add(state, fromHtml(html))];
  });
  return Object.fromEntries(items);
}

function prediction(root) {
  const key = root.dataset.learnkit;
  const rules = JSON.parse(root.dataset.rules);
  const ask = root.querySelector("ol") ? guessOption : guessNumber;
  const asked = ask(root, rules, commit);
  const change = button("Change my guess", reopen);
  asked.row.append(change);
  const place = verdictPlace(root);
  const first = place.add(null, asked.first);
  const refused = sentences(place, rules);
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

function guessOption(root, _, commit) {
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
