/*
 * Words written in a room go through the outbox: a form with data-outbox="ROOM" is sent in the background, and while
 * typing the draft is kept as well. Each contribution keeps the id that the page gave it.
 */
import { forget, keep, newId, Outbox, read, verdictOn } from "./outbox.js";

class Words {
  constructor(form) {
    this.form = form;
    this.draftKey = `weerklank-outbox-${form.dataset.outbox}-draft`;
    this.state = form.querySelector("[data-outbox-state]");
    this.text = form.querySelector("textarea");
    this.outbox = new Outbox(form.dataset.outbox, {
      post: ([entry]) => this.post(entry),
      say: (state, count) => this.say(state, count),
      refused: (entry) => this.giveBack(entry),
    });
    this.restore();
    form.addEventListener("submit", (event) => this.submit(event));
    this.text.addEventListener("input", () => keep(this.draftKey, this.text.value));
    this.outbox.send();
  }

  restore() {
    const draft = read(this.draftKey, "");
    if (draft && !this.text.value) this.text.value = draft;
  }

  submit(event) {
    if (!this.text.value.trim()) return;
    const fields = [...new FormData(this.form)].filter(([name]) => name !== "csrfmiddlewaretoken");
    if (!this.outbox.put({ fields })) return;
    event.preventDefault();
    this.form.reset();
    forget(this.draftKey);
    this.form.elements.id.value = newId();
    this.text.focus();
  }

  async post(entry) {
    const body = new URLSearchParams(entry.fields);
    body.set("csrfmiddlewaretoken", this.form.elements.csrfmiddlewaretoken.value);
    try {
      return verdictOn(await fetch(this.form.action, {
        method: "POST", body, headers: { "X-Outbox": "1" }, credentials: "same-origin",
      }));
    } catch {
      return "again";
    }
  }

  /* Refused (the rooms closed, the text is too long): give the words back, so that nothing is lost. */
  giveBack(entry) {
    const words = entry.fields.find(([name]) => name === "text")[1];
    this.text.value = this.text.value ? `${words}\n\n${this.text.value}` : words;
    keep(this.draftKey, this.text.value);
  }

  say(state, count) {
    this.state.dataset.state = state;
    this.state.textContent = (this.form.dataset[state] ?? "").replace("%s", count);
  }
}

document.addEventListener("DOMContentLoaded", () => {
  for (const form of document.querySelectorAll("form[data-outbox]")) new Words(form);
});
