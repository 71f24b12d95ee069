// Colours of the host's theme, dark or light, and how a change of it is noticed.

// A theme changes in many ways: an attribute of the page, another style sheet, the system's
// preference, or anything else that changes the colour of the text around a picture.
const THEME_EVENTS = ["transitionrun", "transitionend", "transitioncancel"];
let watched = false;

// Tells every picture of the page, for as long as the page lives, that the theme may be another.
function watchThemes() {
  if (watched) return;
  watched = true;
  const tell = () => {
    for (const root of document.querySelectorAll(".lk")) {
      root.dispatchEvent(new CustomEvent("learnkit-theme"));
    }
  };
  const now = () => {
    tell();
    requestAnimationFrame(tell); // the page's own styles may be a frame behind
    setTimeout(tell, 100);
  };
  const attributes = new MutationObserver(now);
  for (const node of [document.documentElement, document.body]) {
    attributes.observe(node, { attributes: true });
  }
  new MutationObserver(now).observe(document.head, { childList: true });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", now);
  const sheet = ({ target }) => target.localName === "link" && now();
  document.addEventListener("load", sheet, true);
}

// Whether text of this colour stands on dark ground; null where no colour can be read.
function isLight(colour) {
  const parts = colour.match(/[\d.]+/g)?.map(Number);
  if (!parts || parts.length < 3) return null;
  const most = colour.startsWith("rgb") ? 255 : 1; // "rgb(…)" or "color(srgb …)"
  const [red, green, blue] = parts.map((part) => part / most);
  return 0.3 * red + 0.6 * green + 0.1 * blue > 0.5;
}

// The colours and the size of text of one root; `changed` is called when they are others.
function makeTheme(root, changed) {
  const style = getComputedStyle(root);
  const known = new Map();

  function theme(colour) {
    if (!colour) return style.fontFamily;
    if (!known.has(colour)) known.set(colour, style.getPropertyValue(`--${colour}`));
    return known.get(colour);
  }

  function dress() {
    const light = isLight(style.color);
    if (light === null) return; // not in the page just now
    root.classList.toggle("lk-dark", light);
    known.clear();
    theme.em = (parseFloat(style.fontSize) || READABLE) / READABLE;
    changed();
  }

  theme.em = 1;
  theme.dress = dress;
  watchThemes();
  root.addEventListener("learnkit-theme", dress);
  for (const event of THEME_EVENTS) root.addEventListener(event, dress);
  return theme;
}
