// Leads through the slides by keys, fingers and buttons, and makes each fit the screen.

const deck = document.getElementById("deck");
const overview = document.getElementById("overview");
const [LARGEST, SMALLEST, STEP] = [1.3, 0.5, 0.92]; // of type
const SWIPE = 60; // pixels

let at = null; // the slide that is shown
let speaker = null; // the window with the notes

const all = () => [...deck.querySelectorAll(".slide")];
const columns = () => [...deck.children];
const isTooTall = (slide) => slide.scrollHeight > slide.clientHeight + 1;

// What a slide holds is framed, so that its height can be watched.
function frame(slide) {
  const inner = Object.assign(document.createElement("div"), { className: "inner" });
  inner.append(...slide.childNodes);
  slide.append(inner);
}

// A slide of several paragraphs that is too tall goes on with those that do not fit on the next.
function split(slide) {
  slide.classList.add("now");
  const inner = slide.firstChild;
  const rest = slide.cloneNode();
  frame(rest);
  while (isTooTall(slide) && inner.querySelectorAll(":scope > :not(.notes)").length > 1) {
    const last = [...inner.children].filter((part) => !part.matches(".notes")).at(-1);
    if (last.previousElementSibling?.matches("h1, h2, h3")) break; // which says what it is about
    rest.firstChild.prepend(last);
  }
  slide.classList.remove("now");
  rest.classList.remove("now");
  if (!rest.firstChild.children.length) return;
  slide.after(rest);
  split(rest);
}

// A few words are set larger; what cannot be split smaller, first its pictures, then its type.
function fit(slide) {
  let [picture, size] = [1, slide.querySelector("[data-learnkit-player]") ? 1 : LARGEST];
  const set = (name, share) => slide.style.setProperty(name, share);
  set("--picture", picture);
  set("--size", size);
  while (isTooTall(slide) && size > SMALLEST) {
    if (picture > 0.6 && slide.querySelector("canvas")) set("--picture", (picture *= STEP));
    else set("--size", (size *= STEP));
  }
}

function show(slide) {
  if (!slide) return;
  at?.classList.remove("now");
  at = slide;
  at.classList.add("now");
  fit(at);
  watcher.disconnect();
  watcher.observe(at.firstChild);
  const column = columns().indexOf(at.parentElement);
  const row = [...at.parentElement.children].indexOf(at);
  document.getElementById("where").textContent =
    `${column + 1}.${row + 1} · ${all().indexOf(at) + 1} of ${all().length}`;
  history.replaceState(null, "", `#${column + 1}.${row + 1}`);
  tell();
}

// Pictures grow when they wake, and answers when they are given.
const watcher = new ResizeObserver(() => isTooTall(at) && fit(at));

const ways = {
  next: () => show(all()[all().indexOf(at) + 1]),
  back: () => show(all()[all().indexOf(at) - 1]),
  down: () => show(at.nextElementSibling),
  up: () => show(at.previousElementSibling),
  right: () => show(at.parentElement.nextElementSibling?.firstElementChild),
  left: () => show(at.parentElement.previousElementSibling?.firstElementChild),
  first: () => show(all()[0]),
  last: () => show(all().at(-1)),
  overview: openOverview,
  notes: openNotes,
};
const KEYS = {
  " ": "next",
  PageDown: "next",
  PageUp: "back",
  ArrowDown: "down",
  ArrowUp: "up",
  ArrowRight: "right",
  ArrowLeft: "left",
  Home: "first",
  End: "last",
  o: "overview",
  n: "notes",
};

addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || overview.open) return;
  const isPage = event.key.startsWith("Page"); // what remote controls send
  const isOfASlide = event.target.closest(".lk, .lkq, input, select, summary, a, button");
  const way = event.key === " " && event.shiftKey ? "back" : KEYS[event.key];
  if (!way || (isOfASlide && !isPage)) return;
  event.preventDefault();
  ways[way]();
});
for (const button of document.querySelectorAll("[data-way]")) {
  button.addEventListener("click", () => {
    ways[button.dataset.way]();
    if (!overview.open) button.blur(); // the keys lead on
  });
}

let touched = null;
deck.addEventListener("touchstart", (event) => {
  const isFree = event.touches.length === 1 && !event.target.closest(".lk, .lkq, pre");
  touched = isFree ? event.touches[0] : null;
});
deck.addEventListener("touchend", (event) => {
  if (!touched) return;
  const { clientX, clientY } = event.changedTouches[0];
  const [across, down] = [clientX - touched.clientX, clientY - touched.clientY];
  if (Math.max(Math.abs(across), Math.abs(down)) < SWIPE) return;
  if (Math.abs(across) > Math.abs(down)) ways[across < 0 ? "right" : "left"]();
  else ways[down < 0 ? "next" : "back"]();
});

// The first words of a slide.
const label = (slide) =>
  slide.querySelector("h1, h2, h3, p, pre, .lk-title")?.textContent.trim() || "Picture";

function openOverview() {
  const lists = columns().map((column) => {
    const item = document.createElement("li");
    item.append(...[...column.children].map(buttonFor));
    return item;
  });
  overview.firstElementChild.replaceChildren(...lists);
  overview.showModal();
  overview.querySelector("[aria-current]").focus();
}

function buttonFor(slide) {
  const button = document.createElement("button");
  button.textContent = label(slide).slice(0, 60);
  if (slide === at) button.setAttribute("aria-current", "true");
  button.addEventListener("click", () => {
    overview.close();
    show(slide);
  });
  return button;
}

function openNotes() {
  speaker = open("", "notes", "width=640,height=720");
  tell();
}

// Write into the speaker's window the notes that hold here: those of this slide, else the last
// before it, else the first of all.
function tell() {
  if (!speaker || speaker.closed) return;
  const before = all().slice(0, all().indexOf(at) + 1);
  const notes = before.map((slide) => slide.querySelector(".notes")).filter(Boolean);
  const next = all()[before.length];
  const part = (name, text) => Object.assign(document.createElement(name), { textContent: text });
  const page = speaker.document;
  page.title = "Notes";
  page.body.style.font = "18px/1.5 system-ui, sans-serif";
  const told = part("div", "");
  told.innerHTML = (notes.at(-1) ?? deck.querySelector(".notes"))?.innerHTML ?? "No notes.";
  page.body.replaceChildren(
    part("p", `Now: ${label(at)}`),
    part("p", next ? `Next: ${label(next)}` : "This is the last slide."),
    told,
  );
}

// The place that the address names: "#3.2", or a heading or cell of the chapter.
function named(hash) {
  const place = decodeURIComponent(hash.slice(1));
  const [column, row] = place.split(".").map(Number);
  const slide = columns()[column - 1]?.children[(row || 1) - 1];
  return slide ?? document.getElementById(place)?.closest(".slide");
}

function begin() {
  const wanted = location.hash;
  for (const slide of all()) {
    frame(slide);
    split(slide);
  }
  show((wanted && named(wanted)) || all()[0]);
}
begin();
addEventListener("hashchange", () => show(named(location.hash)));
addEventListener("resize", () => fit(at));
