// The wire between a Player on the page and Python: it draws nothing, no output holds a view of
// it, and without it the Player plays from its table.

const PAUSE = 30; // milliseconds between an answer and the next question

export default {
  initialize({ model }) {
    const place = `[data-learnkit-player="${model.get("key")}"]`;
    const questions = new Map(); // the newest of each view that has not been asked
    let waiting = false;
    let soon = null;
    let alone = false;

    // One question at a time: a slow Python never faces a queue.
    function ask() {
      soon = null;
      const [next] = questions;
      if (waiting || !next || alone) return;
      const [view, question] = next;
      questions.delete(view);
      waiting = true;
      try {
        model.send(question);
      } catch {
        alone = true; // the kernel was stopped or started anew, and nobody will answer any more
        announce(`${place} .lk`, false);
      }
    }

    function hear({ target, detail }) {
      if (!target.closest(place)) return;
      questions.set(detail.view, detail);
      soon ??= setTimeout(ask, PAUSE);
    }

    // An answer goes to the view that asked; news that stays, and what names no view, to all.
    function tell(news) {
      if (!news.keep) waiting = false;
      const one = news.view ? `[data-view="${news.view}"]` : "";
      for (const root of document.querySelectorAll(`${place} .lk${one}`)) {
        root.dispatchEvent(new CustomEvent("learnkit-news", { detail: news }));
        complain(root, news.fault);
      }
      soon ??= setTimeout(ask, PAUSE);
    }

    // A view that opens, now or later, hears that there is a Python to answer it.
    function welcome({ target }) {
      if (target.closest(place) && !alone) announce(`${place} .lk`, true);
    }

    announce(`${place} .lk`, true);
    document.addEventListener("learnkit-open", welcome);
    document.addEventListener("learnkit-change", hear);
    model.on("msg:custom", tell);
    return () => {
      announce(`${place} .lk`, false);
      document.removeEventListener("learnkit-open", welcome);
      document.removeEventListener("learnkit-change", hear);
      model.off("msg:custom", tell);
    };
  },
  render() {},
};

function announce(views, answers) {
  for (const root of document.querySelectorAll(views)) {
    root.dispatchEvent(new CustomEvent("learnkit-python", { detail: { answers } }));
  }
}

// Of an error in Python, until an answer comes without one.
function complain(root, fault) {
  root.querySelector(".lk-fault")?.remove();
  if (!fault) return;
  const line = document.createElement("p");
  line.className = "lk-fault";
  line.role = "alert";
  root.append(line);
  line.textContent = fault;
}
