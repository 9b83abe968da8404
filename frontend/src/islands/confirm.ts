// Asks before a form does what is hard to undo. Without script the server's own
// checks and the undo are the safety net.
import { ask } from "../lib/dialog";
import { island } from "../lib/island";
import { text } from "../lib/page";

island("confirm", (element) => {
  const form = element instanceof HTMLFormElement ? element : element.closest("form");
  let sure = false;

  form?.addEventListener("submit", async (event) => {
    const submitter = (event as SubmitEvent).submitter;
    if (element !== form && submitter !== element) return;
    if (sure) {
      sure = false;
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
    const yes = element.dataset.confirmLabel || submitter?.textContent?.trim() || text("islands.confirm.yes");
    if (!(await ask(element.dataset.confirm || text("islands.confirm.question"), yes))) return;
    sure = true;
    form.requestSubmit(submitter);
  });
});
