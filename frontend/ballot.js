/*
 * Voting, one card at a time: a vote goes into the outbox and the next card stands there at once. The page works without this script.
 *
 * The list of own votes on the page is the truth about which cards there are; what waits in the outbox is laid over it, so that a
 * reload without a connection shows what was voted. Keys (1, 2, 3, arrows) only for who switched them on, and never in a field.
 */
import { keep, Outbox, read, verdictOn } from "./outbox.js";

const KEYS = { 1: "1", 2: "-1", 3: "0" };
const WISH = "weerklank-ballot-keys";

class Ballot {
  constructor(root) {
    this.root = root;
    this.form = root.querySelector("[data-ballot-form]");
    this.question = root.querySelector("[data-ballot-question]");
    this.progress = root.querySelector("[data-ballot-progress]");
    this.bar = root.querySelector("progress");
    this.state = root.querySelector("[data-ballot-state]");
    this.back = root.querySelector("[data-ballot-back]");
    this.next = root.querySelector("[data-ballot-next]");
    this.thanks = root.querySelector("[data-ballot-thanks]");
    this.wish = root.querySelector("[data-ballot-keys]");
    this.rows = [...document.querySelectorAll("[data-ballot-card]")];
    this.here = this.rows.findIndex((row) => row.dataset.ballotCard === this.form.elements.item.value);
    this.outbox = new Outbox(`${root.dataset.gathering}-${root.dataset.step}`, {
      post: (entries) => this.post(entries),
      say: (state, count) => this.say(state, count),
      refused: () => (this.lost = true),
      most: 50,
    });
    for (const entry of this.outbox.entries) this.mark(entry.item, entry.value);
    this.listen();
    if (this.here < 0 || (this.outbox.entries.length && !new URLSearchParams(location.search).has("nr"))) this.go(this.open());
    else this.show();
    this.outbox.send();
  }

  listen() {
    this.form.addEventListener("submit", (event) => {
      const value = event.submitter?.value;
      if (value !== undefined && this.vote(value)) event.preventDefault();
    });
    this.back.addEventListener("click", (event) => this.step(event, -1));
    this.next.addEventListener("click", (event) => this.step(event, 1));
    for (const row of this.rows) row.querySelector("a").addEventListener("click", (event) => {
      event.preventDefault();
      this.go(this.rows.indexOf(row), true);
      this.root.scrollIntoView({ block: "start" });
    });
    this.wish.closest("[hidden]")?.removeAttribute("hidden");
    this.wish.checked = read(WISH, false);
    this.root.dataset.keys = this.wish.checked;
    this.wish.addEventListener("change", () => {
      keep(WISH, this.wish.checked);
      this.root.dataset.keys = this.wish.checked;
    });
    document.addEventListener("keydown", (event) => this.key(event));
  }

  key(event) {
    if (!this.wish.checked || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (event.target.closest?.("input:not([type=checkbox]), textarea, select, [contenteditable]")) return;
    if (event.key in KEYS && !this.form.hidden) this.vote(KEYS[event.key]);
    else if (event.key === "ArrowLeft") this.step(event, -1);
    else if (event.key === "ArrowRight") this.step(event, 1);
    else return;
    event.preventDefault();
  }

  vote(value) {
    const item = this.rows[this.here].dataset.ballotCard;
    if (!this.outbox.put({ item, value: Number(value) })) return false;
    this.mark(item, value);
    this.go(this.open(this.here), true);
    return true;
  }

  mark(item, value) {
    const row = this.rows.find((each) => each.dataset.ballotCard === item);
    if (!row) return;
    row.dataset.value = value;
    row.querySelector("[data-ballot-answer]").textContent = this.root.dataset[`word${value}`];
  }

  /* The first card without an answer after this one, from the front when there is none; -1 when all have one. */
  open(after = -1) {
    const later = this.rows.findIndex((row, place) => place > after && row.dataset.value === "");
    return later >= 0 ? later : this.rows.findIndex((row) => row.dataset.value === "");
  }

  step(event, by) {
    event.preventDefault();
    const from = this.here < 0 ? this.rows.length : this.here;
    const to = from + by;
    if (to >= 0 && to < this.rows.length) this.go(to, true);
    else if (to === this.rows.length && this.open() < 0) this.go(-1, true);
  }

  go(place, focus = false) {
    this.here = place;
    this.show();
    if (!focus) return;
    const target = place < 0 ? this.thanks.querySelector("h2") : this.question;
    target.focus({ preventScroll: true });
    target.scrollIntoView({ block: "nearest" });
  }

  show() {
    const done = this.here < 0;
    const voted = this.rows.filter((row) => row.dataset.value !== "").length;
    this.form.hidden = done;
    this.thanks.hidden = !done;
    this.bar.value = voted;
    this.next.hidden = done;
    this.back.hidden = this.here === 0;
    if (done) {
      this.progress.textContent = this.root.dataset.all.replace("%s", this.rows.length);
      return;
    }
    const row = this.rows[this.here];
    this.form.elements.item.value = row.dataset.ballotCard;
    this.question.textContent = row.querySelector("a").textContent;
    this.progress.textContent = this.root.dataset.progress
      .replace("%1", this.here + 1).replace("%2", this.rows.length).replace("%3", voted);
    for (const button of this.form.querySelectorAll("button[name=value]")) {
      button.setAttribute("aria-pressed", button.value === row.dataset.value);
    }
  }

  async post(entries) {
    const { gathering, step, address } = this.root.dataset;
    const votes = entries.map(({ item, value }) => [item, value]);
    try {
      return verdictOn(await fetch(address, {
        method: "POST",
        body: JSON.stringify({ gathering, step, votes }),
        headers: { "Content-Type": "application/json" },
        credentials: "same-origin",
      }));
    } catch {
      return "again";
    }
  }

  say(state, count) {
    const told = this.lost ? "refused" : state;
    this.state.dataset.state = told;
    if (told !== "sending") this.state.textContent = (this.root.dataset[told] ?? "").replace("%s", count);
  }
}

document.addEventListener("DOMContentLoaded", () => {
  for (const root of document.querySelectorAll("[data-ballot]")) new Ballot(root);
});
