// Cards to turn, by click, key and swipe.

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
  const row = make(
    "div",
    { class: "lkq-row" },
    button("Previous", () => go(-1)),
    button("Turn", turn),
  );
  row.append(
    button("Next", () => go(1)),
    count,
  );
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
