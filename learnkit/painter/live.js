// The wire between a Player on the page and Python: it draws nothing, no output holds a view of it, and without it the
// Player plays from its table.
const PAUSE = 60; // milliseconds: the table answers in between, and the page keeps its frames

export default {
  initialize({ model }) {
    const place = `[data-learnkit-player="${model.get("key")}"]`;
    let waiting = false,
      question = null,
      soon = null,
      alone = false;

    function ask() {
      // one question at a time, then the newest: a slow Python never faces a queue
      soon = null;
      if (waiting || !question || alone) return;
      try {
        model.send(question);
      } catch {
        // the kernel was stopped or started anew, and nobody will answer any more
        alone = true;
      }
      [waiting, question] = [true, null];
    }
    function hear({ target, detail }) {
      if (!target.closest(place)) return;
      question = { state: { ...detail.state }, click: detail.click };
      soon ??= setTimeout(ask, PAUSE);
    }
    function tell(news) {
      waiting &&= news.keep;
      const outdated = !news.keep && question; // an answer, when the next question has been asked
      for (const root of outdated ? [] : document.querySelectorAll(`${place} .lk`)) {
        root.dispatchEvent(new CustomEvent("learnkit-news", { detail: news }));
        complain(root, news.fault);
      }
      soon ??= setTimeout(ask, PAUSE);
    }

    function complain(root, fault) {
      // of an error in Python, until an answer comes without one
      root.querySelector(".lk-fault")?.remove();
      if (!fault) return;
      const line = Object.assign(document.createElement("p"), {
        className: "lk-fault",
        role: "alert",
      });
      root.append(line);
      line.textContent = fault;
    }

    document.addEventListener("learnkit-change", hear);
    model.on("msg:custom", tell);
    return () => {
      document.removeEventListener("learnkit-change", hear);
      model.off("msg:custom", tell);
    };
  },
  render() {},
};
