// @ts-check
/** The timeline of a finished mock: a slider that shows the transcript up to a moment, and plays it. */

const replay = /** @type {HTMLElement | null} */ (document.querySelector("[data-replay]"));
const slider = /** @type {HTMLInputElement | null} */ (replay?.querySelector("[data-replay-at]") ?? null);
const play = /** @type {HTMLButtonElement | null} */ (replay?.querySelector("[data-replay-play]") ?? null);
const face = replay?.querySelector("[data-replay-face]");
const lines = /** @type {HTMLElement[]} */ ([...(replay?.querySelectorAll("[data-line]") ?? [])]);

/** @param {number} at number of lines shown */
function show(at) {
  lines.forEach((line, index) => (line.hidden = index >= at));
  if (face) face.textContent = at ? (lines[at - 1]?.querySelector(".num")?.textContent ?? "") : "00:00";
}

// Paper shows everything: what is folded away on the screen is opened for printing.
window.addEventListener("beforeprint", () => {
  for (const fold of document.querySelectorAll("details")) fold.open = true;
  lines.forEach((line) => (line.hidden = false));
});

if (replay && slider && play) {
  /** @type {ReturnType<typeof setInterval> | undefined} */
  let playing;
  const stop = () => {
    clearInterval(playing);
    playing = undefined;
    play.textContent = "Play";
  };
  slider.addEventListener("input", () => {
    stop();
    show(Number(slider.value));
  });
  play.addEventListener("click", () => {
    if (playing) return stop();
    if (Number(slider.value) >= lines.length) slider.value = "0";
    play.textContent = "Stop";
    playing = setInterval(() => {
      slider.value = String(Number(slider.value) + 1);
      show(Number(slider.value));
      if (Number(slider.value) >= lines.length) stop();
    }, 900);
  });
}
