// The wire between the questions of a page (script/) and Python. It draws nothing, and no output holds a view of it:
// it is alive as soon as Python opens it, and a page that was saved has nothing to miss.
export default {
  initialize({ model }) {
    function send({ detail }) {
      try {
        model.send(detail);
      } catch {
        hangUp(); // the kernel was stopped or started anew; a new wire will come with it
      }
    }
    function hear(detail) {
      document.dispatchEvent(new CustomEvent("learnkit:told", { detail }));
    }
    function hangUp() {
      document.removeEventListener("learnkit:tell", send);
      model.off("msg:custom", hear);
    }
    document.addEventListener("learnkit:tell", send);
    model.on("msg:custom", hear);
    document.dispatchEvent(new CustomEvent("learnkit:wire"));
    return hangUp;
  },
  render() {},
};
