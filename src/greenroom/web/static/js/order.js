// @ts-check
/** Lines to be put in order: buttons, arrow keys and dragging instead of the plain form's place numbers. */

/** @param {ParentNode} root */
export function startOrders(root) {
  for (const element of root.querySelectorAll("[data-order]")) start(/** @type {HTMLElement} */ (element));
}

/** @param {HTMLElement} list */
function start(list) {
  if (list.dataset.started) return;
  list.dataset.started = "yes";
  list.classList.add("order--live");
  const said = list.parentElement?.querySelector("[data-order-said]");
  const lines = () => /** @type {HTMLElement[]} */ ([...list.querySelectorAll("[data-line]")]);

  /** @param {HTMLElement} line @param {number} by */
  const move = (line, by) => {
    const all = lines();
    const from = all.indexOf(line);
    const to = from + by;
    if (to < 0 || to >= all.length) return;
    if (by < 0) list.insertBefore(line, all[to]);
    else list.insertBefore(all[to], line);
    settle();
    line.focus();
    if (said) said.textContent = `Now line ${to + 1} of ${all.length}.`;
  };
  const settle = () => {
    const all = lines();
    all.forEach((line, index) => {
      const place = /** @type {HTMLSelectElement} */ (line.querySelector("select"));
      place.value = String(index + 1);
      const number = line.querySelector("[data-line-number]");
      if (number) number.textContent = String(index + 1);
    });
  };
  for (const line of lines()) {
    line.tabIndex = 0;
    line.draggable = true;
    line.addEventListener("keydown", (event) => {
      if (event.target !== line || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
      event.preventDefault();
      move(line, event.key === "ArrowUp" ? -1 : 1);
    });
    for (const button of line.querySelectorAll("[data-move]")) {
      button.removeAttribute("hidden");
      button.addEventListener("click", () => move(line, Number(button.getAttribute("data-move"))));
    }
    line.addEventListener("dragstart", (event) => {
      line.classList.add("order__line--moving");
      if (event.dataTransfer) event.dataTransfer.effectAllowed = "move";
    });
    line.addEventListener("dragend", () => {
      line.classList.remove("order__line--moving");
      settle();
    });
  }
  list.addEventListener("dragover", (event) => {
    const moving = list.querySelector(".order__line--moving");
    if (!moving) return;
    event.preventDefault();
    const after = lines().find((line) => {
      const box = line.getBoundingClientRect();
      return line !== moving && event.clientY < box.top + box.height / 2;
    });
    list.insertBefore(moving, after ?? null);
  });
  settle();
}
