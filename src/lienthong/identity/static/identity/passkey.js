// Asks the browser for a passkey and sends what it answers. Buttons are hidden without this script.
(() => {
  "use strict";
  const json = window.webauthnJSON;
  if (!json?.supported()) return;
  document.querySelectorAll("[data-passkey]").forEach((button) => {
    const options = JSON.parse(document.getElementById(button.dataset.options).textContent);
    const problem = document.getElementById(button.dataset.problem);
    button.hidden = false;
    button.addEventListener("click", async (event) => {
      event.preventDefault();
      problem.hidden = true;
      try {
        const credential = button.dataset.passkey === "create"
          ? await json.create(options.creation_options)
          : await json.get(options.request_options);
        button.form.elements.credential.value = JSON.stringify(credential);
        button.form.submit();
      } catch {
        problem.hidden = false;
        problem.focus();
      }
    });
  });
})();
