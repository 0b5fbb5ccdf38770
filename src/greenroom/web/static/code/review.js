// @ts-check
/** The review page: solutions in colour, and a count of the points that were said. */
import { mountEditor } from "./editor.js";

for (const element of document.querySelectorAll("textarea[data-solution]")) {
  const area = /** @type {HTMLTextAreaElement} */ (element);
  const frame = area.closest("details");
  const mount = () => {
    if (!area.hidden) mountEditor(area, { label: area.getAttribute("aria-label") ?? "Solution", readOnly: true });
  };
  // A closed one has no size to draw into: it is made when it is opened.
  if (!frame || frame.open) mount();
  else frame.addEventListener("toggle", mount, { once: true });
}

for (const question of document.querySelectorAll("[data-follow]")) {
  const count = question.querySelector("[data-follow-count]");
  const points = /** @type {NodeListOf<HTMLInputElement>} */ (question.querySelectorAll("input[type=checkbox]"));
  question.addEventListener("change", () => {
    const said = [...points].filter((point) => point.checked).length;
    if (count) count.textContent = `${said} of ${points.length} said`;
  });
}
