// Shows the pictures of a gallery large, one at a time, with the arrow keys.
// The thumbnails are links to the pictures; without script they open those.
import { build, icon } from "../lib/dom";
import { text } from "../lib/page";

/** show opens the lightbox on the link that was chosen. */
export function show(links: HTMLAnchorElement[], chosen: HTMLAnchorElement): void {
  let at = Math.max(links.indexOf(chosen), 0);
  const image = build("img", { alt: "" });
  const caption = build("figcaption", { "aria-live": "polite" });
  const button = (key: string, symbol: string) =>
    build("button", { type: "button", class: "btn", "aria-label": text(key) }, icon(symbol));
  const previous = button("islands.lightbox.previous", "arrow-left");
  const next = button("islands.lightbox.next", "arrow-right");
  const close = button("islands.dialog.close", "x");
  const dialog = build(
    "dialog",
    { class: "lightbox", "aria-label": text("islands.lightbox.title") },
    build("figure", {}, image, caption),
    build("div", { class: "row" }, previous, next, close),
  );

  const paint = () => {
    const link = links[at]!;
    const alt = link.querySelector("img")?.alt ?? "";
    image.src = link.href;
    image.alt = alt;
    const place = text("islands.lightbox.place", { position: at + 1, count: links.length });
    caption.textContent = alt ? `${alt} (${place})` : place;
  };
  const turn = (step: number) => {
    at = (at + step + links.length) % links.length;
    paint();
  };

  previous.hidden = links.length < 2;
  next.hidden = links.length < 2;
  previous.addEventListener("click", () => turn(-1));
  next.addEventListener("click", () => turn(1));
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  dialog.addEventListener("keydown", (event) => {
    if (event.key === "ArrowLeft") turn(-1);
    if (event.key === "ArrowRight") turn(1);
  });
  dialog.addEventListener("close", () => dialog.remove());
  paint();
  document.body.append(dialog);
  dialog.showModal();
}
