/*
 * The outbox: what somebody wrote in a room survives a reload, a crash and a lost connection.
 *
 * A form with data-outbox="ROOM" is sent in the background. Each entry keeps the id that the page gave it until the server
 * has said that it is stored; sending it twice stores it once. While typing, the draft is kept as well. Entries stay in
 * this browser only, and are gone once they are stored.
 */
const PATIENCE = 4000;

function cabinet(room) {
  return `weerklank-outbox-${room}`;
}

function read(key, otherwise) {
  try {
    return JSON.parse(localStorage.getItem(key)) ?? otherwise;
  } catch {
    return otherwise;
  }
}

function keep(key, value) {
  try {
    localStorage.setItem(key, JSON.stringify(value));
    return true;
  } catch {
    return false; // full or forbidden: the form is then sent the ordinary way
  }
}

function newId() {
  return crypto.randomUUID?.() ?? "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (c) =>
    (c ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (c / 4)))).toString(16));
}

class Outbox {
  constructor(form) {
    this.form = form;
    this.key = cabinet(form.dataset.outbox);
    this.draftKey = `${this.key}-draft`;
    this.state = form.querySelector("[data-outbox-state]");
    this.text = form.querySelector("textarea");
    this.busy = false;
    this.restore();
    form.addEventListener("submit", (event) => this.submit(event));
    this.text.addEventListener("input", () => keep(this.draftKey, this.text.value));
    window.addEventListener("online", () => this.send());
    this.send();
  }

  restore() {
    const draft = read(this.draftKey, "");
    if (draft && !this.text.value) this.text.value = draft;
  }

  submit(event) {
    if (!this.text.value.trim()) return;
    const entry = { fields: [...new FormData(this.form)].filter(([name]) => name !== "csrfmiddlewaretoken"), refused: "" };
    const entries = read(this.key, []);
    if (!keep(this.key, [...entries, entry])) return;
    event.preventDefault();
    this.form.reset();
    localStorage.removeItem(this.draftKey);
    this.form.elements.id.value = newId();
    this.text.focus();
    this.send();
  }

  async send() {
    if (this.busy) return;
    this.busy = true;
    try {
      let entries = read(this.key, []).filter((entry) => !entry.refused);
      while (entries.length) {
        this.say("sending", entries.length);
        const answer = await this.post(entries[0]);
        if (answer === "again") {
          this.say("waiting", entries.length);
          setTimeout(() => this.send(), PATIENCE);
          return;
        }
        this.settle(entries[0], answer);
        entries = read(this.key, []).filter((entry) => !entry.refused);
      }
    } finally {
      this.busy = false;
    }
  }

  async post(entry) {
    const body = new URLSearchParams(entry.fields);
    body.set("csrfmiddlewaretoken", this.form.elements.csrfmiddlewaretoken.value);
    try {
      const response = await fetch(this.form.action, {
        method: "POST", body, headers: { "X-Outbox": "1" }, credentials: "same-origin",
      });
      if (response.ok) return "stored";
      return response.status >= 500 || response.status === 429 ? "again" : "refused";
    } catch {
      return "again";
    }
  }

  settle(entry, answer) {
    const id = (each) => each.fields.find(([name]) => name === "id")[1];
    const rest = read(this.key, []).filter((each) => id(each) !== id(entry));
    keep(this.key, rest);
    if (answer === "stored") {
      this.say("stored", rest.length);
      return;
    }
    // Refused (the rooms closed, the text is too long): give the words back, so that nothing is lost.
    const words = entry.fields.find(([name]) => name === "text")[1];
    this.text.value = this.text.value ? `${words}\n\n${this.text.value}` : words;
    keep(this.draftKey, this.text.value);
    this.say("refused", rest.length);
  }

  say(state, count) {
    this.state.dataset.state = state;
    this.state.textContent = (this.form.dataset[state] ?? "").replace("%s", count);
  }
}

document.addEventListener("DOMContentLoaded", () => {
  for (const form of document.querySelectorAll("form[data-outbox]")) new Outbox(form);
});
