// A meeting's live part, by server-sent events; without this the page has a link that loads it again.
(() => {
  "use strict";
  const region = document.querySelector("[data-live]");
  if (!region || !("EventSource" in window)) return;
  const said = document.querySelector("[data-say]");
  const source = new EventSource(region.dataset.live);
  source.addEventListener("room", (event) => {
    // What somebody is typing in is not taken away; the next news brings it all.
    const held = region.contains(document.activeElement) ? document.activeElement : null;
    if (held?.matches("input:not([type=hidden])")) return;
    const state = region.querySelector("[data-state]")?.dataset.state;
    region.innerHTML = event.data;
    // Opened or closed: other forms stand on the page now.
    if (region.querySelector("[data-state]")?.dataset.state !== state) return location.reload();
    if (held?.id) document.getElementById(held.id)?.focus();
    const news = region.querySelector("[data-said]")?.textContent ?? "";
    if (said && said.textContent !== news) said.textContent = news;
  });
  // Its own press changes the meeting too: loading the page again would break off the answer on its way.
  addEventListener("submit", () => source.close());
  addEventListener("pagehide", () => source.close());
})();
