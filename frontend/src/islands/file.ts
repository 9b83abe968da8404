// A form whose answer is a file that takes a while to make: says that it is being
// made, how much of it has come, and hands it over. Where the answer is a page
// instead, that page is shown. Without script the browser does all this, silently.
import { say } from "../lib/dom";
import { island } from "../lib/island";
import { text } from "../lib/page";
import { fieldsOf } from "../lib/pages";

island<HTMLFormElement>("file", (form) => {
  const note = form.querySelector("[data-said]");
  const bar = form.querySelector("progress");
  const button = form.querySelector("button");

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (button?.hasAttribute("aria-busy")) return;
    for (const state of ["aria-busy", "aria-disabled"]) button?.setAttribute(state, "true"); // it keeps the focus
    say(note, text("islands.file.making"));
    send(form, (share) => {
      if (!bar) return;
      bar.hidden = false;
      bar.value = share;
    })
      .then(
        (answer) => {
          if (answer instanceof Document) return turn(answer, form.action);
          keep(answer);
          say(note, text("islands.file.here"));
        },
        () => say(note, text("islands.error.network")),
      )
      .finally(() => {
        for (const state of ["aria-busy", "aria-disabled"]) button?.removeAttribute(state);
        if (bar) bar.hidden = true;
      });
  });
});

/** send gives the file that the form is answered with, or the page that stands there instead. */
function send(form: HTMLFormElement, came: (share: number) => void): Promise<File | Document> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    let name: string | undefined;
    request.open(form.method, form.action);
    request.onreadystatechange = () => {
      if (request.readyState !== XMLHttpRequest.HEADERS_RECEIVED) return;
      name = /filename="([^"]+)"/.exec(request.getResponseHeader("Content-Disposition") ?? "")?.[1];
      request.responseType = name ? "blob" : "document";
    };
    request.onprogress = (event) => event.lengthComputable && name && came(event.loaded / event.total);
    request.onerror = request.onabort = () => reject(new Error("the answer did not arrive"));
    request.onload = () => {
      if (!request.response) return reject(new Error(`answer ${request.status}`));
      resolve(name ? new File([request.response as Blob], name) : (request.response as Document));
    };
    request.send(fieldsOf(form));
  });
}

/** keep puts the file among the downloads. */
function keep(file: File): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = file.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000); // a browser may still be asking where to
}

/** turn shows another page in the place of this one, or goes where it was led, such as to sign in. */
function turn(page: Document, asked: string): void {
  const main = page.querySelector("main");
  if (!main || new URL(page.URL).pathname !== new URL(asked).pathname) return location.assign(page.URL);
  document.querySelector("main")?.replaceWith(document.adoptNode(main));
  document.title = page.title;
  const wrong = main.querySelector<HTMLElement>("[role=alert], [aria-invalid=true]") ?? main;
  wrong.tabIndex = -1;
  wrong.focus();
}
