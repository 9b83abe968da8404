// Sends a form of ours the way a browser would, and gives the page it leads to
// as a document, without leaving this one.

/** Answer is the page that a form led to. */
export interface Answer {
  page: Document;
  status: number;
  /** Where the browser would stand now. */
  url: string;
}

/** submit sends a form with the button that was pressed. */
export function submit(form: HTMLFormElement, button?: HTMLElement | null): Promise<Answer> {
  const fields = fieldsOf(form);
  if (button instanceof HTMLButtonElement && button.name) fields.append(button.name, button.value);
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.responseType = "document";
    request.onerror = () => reject(new Error("the answer did not arrive"));
    request.onload = () =>
      request.responseXML
        ? resolve({ page: request.responseXML, status: request.status, url: request.responseURL })
        : reject(new Error(`answer ${request.status} for ${form.action}`));
    request.send(fields);
  });
}

/** fieldsOf is what a form without files sends. */
export function fieldsOf(form: HTMLFormElement): URLSearchParams {
  const fields = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (typeof value === "string") fields.append(name, value);
  return fields;
}
