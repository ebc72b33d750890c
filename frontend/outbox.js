/*
 * The outbox: what somebody made on this device survives a reload, a crash and a lost connection.
 *
 * Each entry stays until the server has said that it is stored; sending it twice stores it once. Entries stay in this browser only,
 * and are gone once they are stored. Who uses it says how entries are sent (`post`) and hears what became of them.
 */
const PATIENCE = 4000;

export function read(key, otherwise) {
  try {
    return JSON.parse(localStorage.getItem(key)) ?? otherwise;
  } catch {
    return otherwise;
  }
}

export function keep(key, value) {
  try {
    localStorage.setItem(key, JSON.stringify(value));
    return true;
  } catch {
    return false; // full or forbidden: it is then sent the ordinary way
  }
}

export function forget(key) {
  try {
    localStorage.removeItem(key);
  } catch {
    // forbidden: then nothing was kept either
  }
}

export function newId() {
  return crypto.randomUUID?.() ?? "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (c) =>
    (c ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (c / 4)))).toString(16));
}

/* What a status of the server means for what was sent. */
export function verdictOn(response) {
  if (response.ok) return "stored";
  return response.status >= 500 || response.status === 429 ? "again" : "refused";
}

export class Outbox {
  /* post(entries) → "stored", "again" or "refused"; say(state, count); refused(entry). `most`: entries in one sending. */
  constructor(name, { post, say, refused, most = 1 }) {
    this.key = `weerklank-outbox-${name}`;
    this.post = post;
    this.say = say;
    this.refused = refused;
    this.most = most;
    this.busy = false;
    window.addEventListener("online", () => this.send());
  }

  get entries() {
    return read(this.key, []);
  }

  /* Keep an entry and send it along; false when this browser keeps nothing. */
  put(entry) {
    const kept = keep(this.key, [...this.entries, { ...entry, key: newId() }]);
    if (kept) this.send();
    return kept;
  }

  async send() {
    if (this.busy) return;
    this.busy = true;
    try {
      let most = this.most;
      while (this.entries.length) {
        const going = this.entries.slice(0, most);
        this.say("sending", this.entries.length);
        const answer = await this.post(going);
        if (answer === "again") {
          this.say("waiting", this.entries.length);
          setTimeout(() => this.send(), PATIENCE);
          return;
        }
        if (answer === "refused" && going.length > 1) {
          most = 1; // one of them is refused: find out which
          continue;
        }
        this.settle(going, answer);
      }
    } finally {
      this.busy = false;
    }
  }

  settle(going, answer) {
    const gone = new Set(going.map((entry) => entry.key));
    const rest = this.entries.filter((entry) => !gone.has(entry.key));
    if (rest.length) keep(this.key, rest);
    else forget(this.key);
    if (answer === "refused") going.forEach((entry) => this.refused(entry));
    this.say(answer, rest.length);
  }
}
