// Saves an idea while it is written: in this browser at every stroke, and as a
// draft on the server for a member. A public idea that is edited stays in this
// browser until its form is sent, since saving it there would show.
import { patch, post, Refused, sentence } from "../lib/api";
import { build, debounce, say } from "../lib/dom";
import { type Copy, Desk } from "../lib/draft";
import { difference, drawnFields, readFields, writeFields } from "../lib/idea-fields";
import { island } from "../lib/island";
import { page, text } from "../lib/page";
import { readPictures } from "../lib/pictures";
import { toHtml } from "../lib/story";
import type { Idea, IdeaPatch } from "../lib/wire";

const newPlace = "/ideas";
const pause = 1_500;

island<HTMLFormElement>("idea-form", (form) => {
  const desk = new Desk(page().account);
  const place = form.getAttribute("action") ?? newPlace;
  const onServer = place === newPlace || Boolean(form.dataset.draft);
  const note = form.querySelector<HTMLElement>("[data-saved]");
  const copy: Copy = {
    draft: Number(form.dataset.draft) || 0,
    base: drawnFields(form),
    fields: {},
    pictures: [],
    saved: false,
  };
  let saving: Promise<void> | undefined;
  let changed = false;
  let ended = false; // the session, while this page was open

  const save = debounce(() => {
    saving ??= store().finally(() => {
      saving = undefined;
      if (changed) save();
    });
  }, pause);

  function keep(): boolean {
    copy.fields = readFields(form);
    copy.pictures = readPictures(form);
    return desk.put(place, copy);
  }

  form.addEventListener("input", () => {
    changed = true;
    copy.saved = false;
    const kept = keep();
    if (page().signedIn && onServer) save();
    else if (kept) say(note, text(ended ? "islands.draft.signed_out" : "islands.draft.kept"));
  });

  async function store(): Promise<void> {
    const body = contents(form);
    if (!body.title && !body.story_html) return;
    changed = false;
    try {
      if (copy.draft) await patch<Idea>(`/api/v1/ideas/${copy.draft}`, body);
      else continueAs((await post<Idea>("/api/v1/ideas", { ...withoutEmpty(body), draft: true })).id);
      copy.saved = !changed;
      keep();
      say(note, text("islands.draft.saved", { time: clock() }));
    } catch (error) {
      keep();
      say(note, explain(error));
    }
  }

  // From now on the form is the draft's, so that sending it publishes that one.
  function continueAs(draft: number): void {
    copy.draft = draft;
    form.dataset.draft = String(draft);
    form.action = `/ideas/${draft}/edit`;
  }

  function explain(error: unknown): string {
    if (!(error instanceof Refused)) {
      changed = true;
      addEventListener("online", () => save(), { once: true });
      return text("islands.draft.offline");
    }
    if (error.status === 401) return signedOut();
    if (copy.draft && (error.status === 404 || error.status === 409) && place === newPlace) {
      copy.draft = 0; // it was published or thrown away elsewhere; what is typed next is a new one
      form.action = newPlace;
    }
    if (error.retryAfter) setTimeout(save, error.retryAfter * 1_000);
    return `${sentence(error)} ${text("islands.draft.kept")}`;
  }

  function signedOut(): string {
    page().signedIn = false;
    ended = true;
    save.stop();
    changed = false;
    return text("islands.draft.signed_out");
  }

  document.addEventListener("signed-out", () => {
    keep();
    say(note, signedOut());
  });

  // A save that is under way must not arrive after the form.
  form.addEventListener("submit", (event) => {
    save.stop();
    changed = false;
    keep();
    if (!saving) return;
    event.preventDefault();
    void saving.then(() => form.requestSubmit(event.submitter));
  });

  // Somebody quick has typed before this script came; that is the newest.
  const typed = difference(readFields(form), copy.base);
  const found = (copy.draft ? desk.adopt(newPlace, copy.draft) : undefined) ?? desk.find(place, copy.base);
  if (found) {
    writeFields(form, { ...found.fields, ...typed });
    form
      .querySelector('[data-island~="pictures"]')
      ?.dispatchEvent(new CustomEvent("pictures-restore", { detail: found.pictures }));
    if (found.draft && page().signedIn) continueAs(found.draft);
    copy.saved = found.saved;
    keep();
    say(note, text("islands.draft.restored"));
    offerFresh();
  }
  if (Object.keys(typed).length > 0) form.dispatchEvent(new Event("input"));

  function offerFresh(): void {
    if (place !== newPlace || !note) return;
    const button = build("button", { type: "button", class: "btn quiet small" }, text("islands.draft.fresh"));
    button.addEventListener("click", () => {
      save.stop();
      desk.clear(place);
      location.assign("/ideas/new");
    });
    note.after(button);
  }
});

function contents(form: HTMLFormElement): Required<Omit<IdeaPatch, "version">> {
  const { title = "", story = "", topic = "", tags = "" } = readFields(form);
  const pictures = readPictures(form);
  return {
    title: title.trim(),
    story_html: toHtml(story),
    topic,
    tags: tags
      .split(",")
      .map((tag) => tag.trim())
      .filter(Boolean),
    pictures: pictures.map(({ id, alt }) => ({ id, alt })),
    cover: pictures.find(({ cover }) => cover)?.id ?? "",
  };
}

// Leaving a topic or cover out and naming an empty one differ only in a change.
function withoutEmpty({ topic, cover, ...rest }: ReturnType<typeof contents>) {
  return { ...rest, ...(topic && { topic }), ...(cover && { cover }) };
}

const clock = () =>
  new Intl.DateTimeFormat(page().lang, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(new Date());
