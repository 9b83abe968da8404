// A button that prints the page.
import { island } from "../lib/island";

island<HTMLButtonElement>("print", (button) => {
  button.hidden = false;
  button.addEventListener("click", () => print());
});
