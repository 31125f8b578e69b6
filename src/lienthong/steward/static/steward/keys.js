// Single keys for deciding: J next, K before, 1-6 choose, G ground, Ctrl+Enter sends. Can be switched off (WCAG 2.1.4).
(() => {
  "use strict";
  const KEPT = "steward.keys";
  const hint = document.querySelector("[data-keys]");
  const button = document.querySelector("[data-keys-switch]");
  const form = document.querySelector("form[data-main]");
  if (!hint || !button) return;
  const words = [button.textContent, button.textContent.replace("bật", "tắt")];
  let on = localStorage.getItem(KEPT) !== "off";
  const show = () => {
    button.setAttribute("aria-pressed", String(on));
    button.textContent = on ? words[0] : words[1];
  };
  hint.hidden = false;
  show();
  button.addEventListener("click", () => {
    on = !on;
    localStorage.setItem(KEPT, on ? "on" : "off");
    show();
  });
  const follow = (rel) => document.querySelector(`a[rel=${rel}]`)?.click();
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.ctrlKey && form) return form.requestSubmit(form.querySelector("button"));
    const typing = event.target.matches("textarea, select, input:not([type=radio])");
    if (!on || typing || event.ctrlKey || event.altKey || event.metaKey) return;
    const key = event.key.toLowerCase();
    if (key === "j") follow("next");
    else if (key === "k") follow("prev");
    else if (key === "g" && form) {
      event.preventDefault();
      form.querySelector("textarea")?.focus();
    } else if (/^[1-6]$/.test(key) && form) {
      const radio = form.querySelectorAll("input[type=radio]")[Number(key) - 1];
      radio?.click();
      radio?.focus();
    }
  });
})();
