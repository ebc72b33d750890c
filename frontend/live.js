/*
 * What is live: one stream for the page, opened with the tickets of its live parts. A bell carries a topic's name; each part
 * that listens to it asks its own address again. When the stream comes back after a gap, every part asks once:
 * a missed bell costs nothing.
 */
import htmx from "htmx.org";

let stream = null;
let tickets = "";

function parts() {
  return [...document.querySelectorAll("[data-live]")];
}

function ringAll() {
  for (const part of parts()) htmx.trigger(part, "bell");
}

function listen() {
  const wanted = parts().map((part) => part.dataset.live);
  if (wanted.join() === tickets) return;
  tickets = wanted.join();
  stream?.close();
  stream = null;
  if (!wanted.length) return;
  const query = wanted.map((ticket) => `t=${encodeURIComponent(ticket)}`).join("&");
  let opened = false;
  stream = new EventSource(`/live/?${query}`);
  stream.addEventListener("open", () => {
    if (opened) ringAll();
    opened = true;
    document.documentElement.dataset.connection = "live";
  });
  stream.addEventListener("error", () => {
    document.documentElement.dataset.connection = "lost";
    if (stream.readyState === EventSource.CLOSED) {
      tickets = ""; // an old ticket: the page itself has to be asked again
      setTimeout(ringAll, 5000);
    }
  });
  stream.addEventListener("bell", ringAll);
}

document.addEventListener("DOMContentLoaded", listen);
document.addEventListener("htmx:afterSettle", listen);
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) ringAll();
});
