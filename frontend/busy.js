/*
 * A deed that takes a few seconds says so: a form with data-busy shows those words, and reads them aloud, while its answer
 * is on the way. A second press does nothing meanwhile.
 */
function rest(form) {
  form.querySelector("[data-busy-words]")?.replaceChildren();
  for (const button of form.querySelectorAll("button")) button.disabled = false;
}

document.addEventListener("submit", (event) => {
  const form = event.target.closest?.("form[data-busy]");
  if (!form || event.defaultPrevented) return;
  form.querySelector("[data-busy-words]")?.replaceChildren(form.dataset.busy);
  // After the browser has gathered what it sends: a disabled button would not be sent along.
  setTimeout(() => {
    for (const button of form.querySelectorAll("button")) button.disabled = true;
  });
});

/* Back in history the page stands there as it was left: no longer busy. */
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-busy]")) rest(form);
});
