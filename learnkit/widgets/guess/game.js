// The guessing game in the page, a kind of practice's own (practice/script/): higher or lower, by a fixed step.
/* global practice */
const { make, button, keys, verdictPlace } = practice;

practice.kinds.game ??= function game(root) {
  const { start, within, steps, hidden: given } = JSON.parse(root.dataset.rules);
  root.querySelectorAll("p ~ p").forEach((example) => example.remove());
  const choose = steps.map((each) => button(`Step ${each}`, () => use(each)));
  const moves = [
    button("\u25C0\uFE0E Lower", () => move(-step)),
    button("Higher \u25B6\uFE0E", () => move(step)),
    button("Hide another number", again),
  ];
  const picture = make("div");
  root.append(make("div", { class: "lkq-row" }, ...choose), picture);
  root.append(make("div", { class: "lkq-row" }, ...moves));
  const place = verdictPlace(root);
  let hidden = given ?? draw();
  let counts = {};
  let step = 10;
  let trail = [start];
  let said = null;

  function draw() {
    const number = 1 + Math.floor(100 * Math.random());
    return Math.abs(number - start) > within ? number : draw(); // not found by the first guess
  }
  function again() {
    hidden = draw();
    counts = {};
    use(step);
  }
  function use(chosen) {
    step = chosen;
    trail = [start];
    show();
  }
  function move(change) {
    const guess = trail.at(-1);
    if (found(guess)) return;
    if (guess + change < 0 || guess + change > 100) {
      const advice = "The number lies between 1 and 100: go the other way.";
      return say("hint", advice, `${guess} is still your guess`);
    }
    trail.push(guess + change);
    show();
  }
  function found(guess) {
    return Math.abs(guess - hidden) <= within;
  }
  function show() {
    choose.forEach((each, index) => each.setAttribute("aria-pressed", steps[index] === step));
    picture.innerHTML = numberLine(trail);
    const guess = trail.at(-1);
    if (found(guess)) return celebrate(guess);
    const word = `${guess} is too ${guess < hidden ? "low" : "high"}`;
    say("hint", `Guess ${trail.length}, step ${step}. ${jumps()}`.trim(), word);
  }
  function celebrate(guess) {
    counts[step] = trail.length;
    const rows = Object.entries(counts).map(([each, count]) => `Step ${each}: ${count} guesses.`);
    const text = `${guess} is within ${within} of the hidden ${hidden}. ${rows.join(" ")}`;
    say("correct", text, `Found with guess ${trail.length}`);
  }
  // Once the guesses jump to and fro over the hidden number.
  function jumps() {
    const [low, high] = trail.slice(-2).sort((one, other) => one - other);
    const back = trail.length > 2 && trail.at(-1) === trail.at(-3);
    if (!back || hidden < low || hidden > high) return "";
    return `It lies between ${low} and ${high}, and your step takes you from one to the other: try another step.`;
  }
  function say(state, text, word) {
    said?.remove();
    said = place.add(state, text, word);
    place.show(said);
  }
  keys(root, (key) => {
    const change = { ArrowLeft: -step, ArrowRight: step }[key];
    if (change) move(change);
    return Boolean(change);
  });
  show();
};

// The guesses as dots on a line from 0 to 100; the last one is filled and bears its number.
function numberLine(trail) {
  const x = (guess) => 20 + 6 * guess;
  const ticks = [0, 20, 40, 60, 80, 100]
    .map(
      (t) => `<path d="M${x(t)} 34v8" stroke="currentColor"/><text x="${x(t)}" y="62">${t}</text>`,
    )
    .join("");
  const dots = trail
    .slice(0, -1)
    .map((guess) => `<circle cx="${x(guess)}" cy="38" r="4" fill="none" stroke="#767676"/>`)
    .join("");
  const last = trail.at(-1);
  const now = `<circle cx="${x(last)}" cy="38" r="7" fill="#d55e00"/><text x="${x(last)}" y="22">${last}</text>`;
  const said = `Guesses so far: ${trail.length > 8 ? "\u2026 \u2192 " : ""}${trail.slice(-8).join(" \u2192 ")}`;
  const look = `viewBox="0 0 640 68" font-size="20" text-anchor="middle" fill="currentColor" style="width:100%;max-width:32rem"`;
  return `<div>${said}</div><svg role="img" aria-label="${said}" ${look}>
    <path d="M20 38h600" stroke="currentColor"/>${ticks}${dots}${now}</svg>`;
}
