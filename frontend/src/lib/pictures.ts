// The list of pictures in a form, as views/idea_form.templ draws it: one row a
// picture, with a hidden id, a text that says what it shows, and a cover radio.

/** Kept is one picture of the form. */
export interface Kept {
  id: string;
  url: string;
  alt: string;
  cover: boolean;
}

/** field finds an input of a row; the text's name ends in the picture's id. */
export const field = {
  id: (row: Element) => row.querySelector<HTMLInputElement>('input[name="picture"]'),
  alt: (row: Element) => row.querySelector<HTMLInputElement>('input[name^="alt_"]'),
  cover: (row: Element) => row.querySelector<HTMLInputElement>('input[name="cover"]'),
  remove: (row: Element) => row.querySelector<HTMLInputElement>('input[name="remove"]'),
};

/** readPictures lists the pictures that have arrived on the server and stay. */
export function readPictures(form: ParentNode): Kept[] {
  const rows = form.querySelectorAll<HTMLElement>("[data-pictures] > [data-picture]");
  return [...rows].flatMap((row) => {
    const id = field.id(row)?.value;
    if (!id || field.remove(row)?.checked) return [];
    const url = row.querySelector("img")?.getAttribute("src") ?? "";
    return [{ id, url, alt: field.alt(row)?.value ?? "", cover: field.cover(row)?.checked ?? false }];
  });
}
