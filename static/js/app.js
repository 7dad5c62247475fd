// Small comforts. Every page works without them.

// A boosted page has replaced the one before: let the reader begin where it begins.
document.addEventListener("htmx:afterSettle", (event) => {
  if (event.detail.target !== document.body) return;
  const start = document.querySelector("[data-start]") ?? document.querySelector("h1");
  start?.setAttribute("tabindex", "-1");
  start?.focus({ preventScroll: true });
  start?.closest(".flashes, form")?.scrollIntoView({ block: "nearest" });
});

// No answer came: say so where it is seen and heard, and keep what was typed.
const away = () => {
  const line = document.getElementById("no-answer");
  if (line) line.hidden = false;
  line?.scrollIntoView({ block: "center" });
};
document.addEventListener("htmx:sendError", away);
document.addEventListener("htmx:timeout", away);

// A button that prints the page; a browser's own menu does the same.
document.addEventListener("click", (event) => {
  if (event.target.closest?.("[data-prints]")) window.print();
});

// Buttons with usual answers fill in the field that they belong to.
document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-fills]");
  if (!button) return;
  const field = document.getElementById(button.dataset.fills);
  field.value = button.textContent.trim();
  field.focus();
});
const showQuick = () =>
  document
    .querySelectorAll(".quick[hidden], [data-prints][hidden]")
    .forEach((one) => (one.hidden = false));
document.addEventListener("htmx:load", showQuick);
showQuick();
