// Three courtesies; every page works without them.
(() => {
  "use strict";
  // The first error is read out and reached at once.
  document.querySelector("[data-focus]")?.focus();
  // A second press of the same button within a second sends nothing twice.
  let last = -Infinity;
  document.addEventListener("submit", (event) => {
    if (event.target.method !== "post") return;
    if (event.timeStamp - last < 1000) return event.preventDefault();
    last = event.timeStamp;
    event.submitter?.setAttribute("aria-disabled", "true");
  });
  addEventListener("pageshow", () => {
    document.querySelectorAll("button[aria-disabled]").forEach((button) => button.removeAttribute("aria-disabled"));
  });
  // A button that prints: receipts and figures.
  document.addEventListener("click", (event) => event.target.closest("[data-print]") && print());
})();
