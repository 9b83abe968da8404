// A story as HTML, from whatever stands in its textarea.

/** toHtml gives HTML for a textarea's value: as it is, or paragraphs for plain text. */
export function toHtml(value: string): string {
  if (/<\/?[a-z][^>]*>/i.test(value)) return value;
  const holder = document.createElement("div");
  for (const block of value.split(/\n\s*\n/)) {
    if (block.trim() === "") continue;
    const paragraph = document.createElement("p");
    block
      .trim()
      .split("\n")
      .forEach((line, i) => {
        if (i > 0) paragraph.append(document.createElement("br"));
        paragraph.append(line);
      });
    holder.append(paragraph);
  }
  return holder.innerHTML;
}

/** setStory puts a text into a textarea, and into the editor that may stand before it. */
export function setStory(textarea: HTMLTextAreaElement, value: string): void {
  textarea.value = value;
  textarea.dispatchEvent(new CustomEvent("story-set"));
}
