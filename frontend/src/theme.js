// Runs in the head, before the first paint, so that a chosen theme does not
// flash. The theme-toggle island writes what this reads.
try {
  const theme = localStorage.getItem("theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
  // No storage here: the system's theme holds.
}
