// @ts-check
/** Countdowns drawn from the server's figure: the server's clock decides, this one only shows. */

/** @param {ParentNode} root */
export function startTimers(root) {
  for (const element of root.querySelectorAll("[data-timer]")) start(/** @type {HTMLElement} */ (element));
}

/** @param {HTMLElement} timer */
function start(timer) {
  if (timer.dataset.started) return;
  timer.dataset.started = "yes";
  const face = timer.querySelector("[data-timer-face]");
  const hide = timer.querySelector("[data-timer-hide]");
  const startedAt = performance.now();
  const leftAtStart = Number(timer.dataset.leftMs ?? 0);
  const draw = () => {
    const isPaused = timer.dataset.paused !== undefined;
    const left = Math.max(0, leftAtStart - (isPaused ? 0 : performance.now() - startedAt));
    const seconds = Math.ceil(left / 1000);
    const isHidden = localStorage.getItem("greenroom-timer") === "hidden";
    if (hide) hide.textContent = isHidden ? "Show time" : "Hide";
    if (face) {
      face.textContent = isHidden ? "" : `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    }
    timer.classList.toggle("timer--low", left < 120000);
    if (left <= 0 && !isPaused) {
      clearInterval(tick);
      timer.dispatchEvent(new CustomEvent("timer:out", { bubbles: true }));
    }
    if (!timer.isConnected) clearInterval(tick);
  };
  const tick = setInterval(draw, 500);
  hide?.addEventListener("click", () => {
    const isHidden = localStorage.getItem("greenroom-timer") === "hidden";
    localStorage.setItem("greenroom-timer", isHidden ? "shown" : "hidden");
    draw();
  });
  draw();
}
