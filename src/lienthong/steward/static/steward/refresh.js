// A page whose work goes on asks again; without a script it says so and is reloaded by hand.
(() => {
  "use strict";
  const part = document.querySelector("[data-refresh]");
  if (part) setTimeout(() => location.reload(), Number(part.dataset.refresh) * 1000);
})();
