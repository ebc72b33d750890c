/*
 * Small help for the parts of a page: a copy button, tabs that show where we are, and words when something sent in the
 * background was refused.
 */

function prepare(root) {
  for (const button of root.querySelectorAll("[data-copy-button]")) button.hidden = !navigator.clipboard;
}

/* On a narrow screen the row of tabs is longer than the screen: bring where we are into sight. */
function showHere() {
  for (const list of document.querySelectorAll(".wk-tabs__list")) {
    const here = list.querySelector("[aria-current]");
    if (!here) continue;
    const start = here.offsetLeft - list.offsetLeft;
    if (start + here.offsetWidth > list.clientWidth) list.scrollLeft = start - (list.clientWidth - here.offsetWidth) / 2;
  }
}

async function copy(button) {
  const source = button.closest("[data-copy]").querySelector("[data-copy-source]");
  const words = button.querySelector("span");
  const before = words.textContent;
  try {
    await navigator.clipboard.writeText(source.value);
    words.textContent = button.dataset.copyDone;
    setTimeout(() => (words.textContent = before), 3000);
  } catch {
    source.select(); // the browser refuses: the address at least stands ready
  }
}

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-copy-button]");
  if (button) copy(button);
});

/* A refusal of a deed becomes a sentence among the messages; a refused refresh stays silent, the next one may do. */
document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr, requestConfig } = event.detail;
  if (xhr.status < 400 || requestConfig.verb === "get") return;
  const messages = document.getElementById("meldingen");
  if (!messages) return;
  event.detail.target = messages;
  event.detail.swapOverride = "innerHTML show:window:top";
  event.detail.selectOverride = /<html/i.test(xhr.responseText) ? ".wk-error .wk-lead" : "unset";
  event.detail.shouldSwap = true;
  event.detail.isError = false;
});

document.addEventListener("htmx:sendError", (event) => {
  const messages = document.getElementById("meldingen");
  if (!messages || event.detail.requestConfig.verb === "get") return;
  const line = document.createElement("p");
  line.className = "wk-offline";
  line.textContent = messages.dataset.offline;
  messages.replaceChildren(line);
});

document.addEventListener("DOMContentLoaded", () => {
  prepare(document);
  showHere();
});
document.addEventListener("htmx:afterSettle", (event) => prepare(event.target.parentElement ?? document));
