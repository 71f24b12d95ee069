// The wire between a Player on the page and Python: it draws nothing, and without it the Player plays from its table.
export default {
  render({ model }) {
    const place = `[data-learnkit-player="${model.get("key")}"]`;
    let waiting = false, question = null;

    function ask() { // one question at a time, then the newest: a slow Python never faces a queue
      if (waiting || !question) return;
      model.send(question);
      [waiting, question] = [true, null];
    }
    function hear({ target, detail }) {
      if (!target.closest(place)) return;
      question = { state: { ...detail.state }, click: detail.click };
      ask();
    }
    function tell(news) {
      if (!news.keep) waiting = false;
      if (waiting || !question) { // an answer to an older question is out of date
        for (const root of document.querySelectorAll(`${place} .lk`)) {
          root.dispatchEvent(new CustomEvent("learnkit-news", { detail: news }));
        }
      }
      ask();
    }

    document.addEventListener("learnkit-change", hear);
    model.on("msg:custom", tell);
    return () => {
      document.removeEventListener("learnkit-change", hear);
      model.off("msg:custom", tell);
    };
  },
};
