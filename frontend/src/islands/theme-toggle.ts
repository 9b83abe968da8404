// Chooses between the system's theme, light and dark. One button walks through
// the three; several buttons with data-theme-choice choose directly.
import { island } from "../lib/island";
import { page, text } from "../lib/page";

const themes = ["system", "light", "dark"] as const;
type Theme = (typeof themes)[number];

function current(): Theme {
  const set = document.documentElement.dataset.theme;
  return set === "light" || set === "dark" ? set : "system";
}

function choose(theme: Theme): void {
  const root = document.documentElement;
  if (theme === "system") delete root.dataset.theme;
  else root.dataset.theme = theme;
  try {
    if (theme === "system") localStorage.removeItem("theme");
    else localStorage.setItem("theme", theme);
  } catch {
    // Holds for this page then.
  }
  document.dispatchEvent(new CustomEvent("theme"));
}

island("theme-toggle", (element) => {
  element.hidden = false;
  const choices = [...element.querySelectorAll<HTMLElement>("[data-theme-choice]")];

  element.addEventListener("click", (event) => {
    const pressed = (event.target as Element).closest<HTMLElement>("[data-theme-choice]");
    if (choices.length > 0 && !pressed) return;
    const next = pressed?.dataset.themeChoice ?? themes[(themes.indexOf(current()) + 1) % themes.length];
    choose(next as Theme);
  });

  const paint = () => {
    for (const choice of choices) choice.ariaPressed = String(choice.dataset.themeChoice === current());
    const label = element.querySelector("span");
    if (choices.length === 0 && label && "islands.theme.system" in page().texts) {
      label.textContent = text(`islands.theme.${current()}`);
    }
  };
  document.addEventListener("theme", paint);
  paint();
});
