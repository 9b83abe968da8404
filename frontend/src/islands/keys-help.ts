// The button that opens the list of keys. It is hidden where no script answers
// to keys anyway.
import { island } from "../lib/island";
import { showHelp } from "./shortcuts-help";

island<HTMLButtonElement>("keys-help", (button) => {
  button.hidden = false;
  button.addEventListener("click", showHelp);
});
