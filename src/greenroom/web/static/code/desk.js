// @ts-check
/** The desk of a coding problem: editor, keys, autosave, clock, tabs on a phone, and the verdict's marked line. */
import { mountEditor } from "./editor.js";

const AUTOSAVE_AFTER_MS = 1200;

const desk = /** @type {HTMLFormElement} */ (document.querySelector("form[data-desk]"));
const source = /** @type {HTMLTextAreaElement} */ (document.getElementById("source"));
const notes = /** @type {HTMLTextAreaElement} */ (document.getElementById("notes"));
const url = desk.dataset.url ?? "";
const button = (/** @type {string} */ id) => /** @type {HTMLButtonElement} */ (document.getElementById(id));

const editor = mountEditor(source, {
  label: "Your code",
  onRun: () => press("run"),
  onSubmit: () => press("submit"),
});

/** @param {"run" | "submit"} id */
function press(id) {
  if (!button(id).disabled) button(id).click();
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  press(event.shiftKey ? "submit" : "run");
});

// Autosave at every pause; the status says what is kept, never what is hoped.
const kept = /** @type {HTMLElement} */ (desk.querySelector("[data-kept]"));
let waiting = 0;
let lastKept = source.value + "\0" + notes.value;

function draft() {
  const id = /** @type {HTMLInputElement} */ (document.getElementById("event-id")).value;
  return new URLSearchParams({ event_id: id, quiet: "yes", source: source.value, notes: notes.value });
}

async function keep() {
  const now = source.value + "\0" + notes.value;
  if (now === lastKept) return;
  try {
    const answer = await fetch(`${url}/draft`, { method: "POST", body: draft(), headers: { "HX-Request": "true" } });
    kept.textContent = answer.ok ? "Saved" : "Not saved: too long, or no text";
    if (answer.ok) lastKept = now;
  } catch {
    kept.textContent = "Not saved: Greenroom does not answer";
  }
}

desk.addEventListener("input", (event) => {
  if (event.target !== source && event.target !== notes) return;
  kept.textContent = "";
  editor.markLine(null);
  clearTimeout(waiting);
  waiting = setTimeout(keep, AUTOSAVE_AFTER_MS);
});
window.addEventListener("pagehide", () => {
  if (source.value + "\0" + notes.value !== lastKept) navigator.sendBeacon(`${url}/draft`, draft());
});

// The clock counts up on this page's own time; it is kept for the tab, so a reload does not set it back.
const clock = /** @type {HTMLElement} */ (desk.querySelector("[data-clock]"));
const face = /** @type {HTMLElement} */ (clock.querySelector("[data-clock-face]"));
const hide = /** @type {HTMLButtonElement} */ (clock.querySelector("[data-clock-hide]"));
const elapsed = /** @type {HTMLInputElement} */ (desk.querySelector("[data-elapsed]"));
const clockKey = `greenroom-code-ms:${url}`;
let spentMs = Number(sessionStorage.getItem(clockKey) ?? 0) || 0;
let tickedAt = performance.now();

function tick() {
  const now = performance.now();
  // A tab left in the background is not practice: a long gap between two ticks is not counted.
  if (!document.hidden && now - tickedAt < 5000) spentMs += now - tickedAt;
  tickedAt = now;
  sessionStorage.setItem(clockKey, String(Math.round(spentMs)));
  elapsed.value = String(Math.round(spentMs));
  const isHidden = localStorage.getItem("greenroom-timer") === "hidden";
  hide.textContent = isHidden ? "Show time" : "Hide";
  const seconds = Math.floor(spentMs / 1000);
  const time = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  face.textContent = isHidden ? "" : `${time} of ${desk.dataset.minutes} min`;
}
hide.addEventListener("click", () => {
  const isHidden = localStorage.getItem("greenroom-timer") === "hidden";
  localStorage.setItem("greenroom-timer", isHidden ? "shown" : "hidden");
  tick();
});
clock.hidden = false;
setInterval(tick, 1000);
tick();

// On a phone the two columns become two tabs.
const tabs = /** @type {HTMLElement} */ (desk.querySelector(".desk__tabs"));
const tabButtons = /** @type {HTMLButtonElement[]} */ ([...tabs.querySelectorAll("[role=tab]")]);

/** @param {string} pane */
function show(pane) {
  desk.dataset.pane = pane;
  for (const tab of tabButtons) {
    const isOn = tab.getAttribute("aria-controls") === pane;
    tab.setAttribute("aria-selected", String(isOn));
    tab.tabIndex = isOn ? 0 : -1;
  }
}
for (const [index, tab] of tabButtons.entries()) {
  tab.addEventListener("click", () => show(tab.getAttribute("aria-controls") ?? "pane-problem"));
  tab.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    const other = tabButtons[1 - index];
    other.focus();
    other.click();
  });
}
tabs.hidden = false;
show(document.querySelector("#verdict > section") ? "pane-code" : "pane-problem");

/**
 * The number of a run: the form's own, with a mark of what is sent. The same code sent again after a lost
 * answer is the same run; other code is another one.
 * @param {string} base @param {string} text
 */
function numbered(base, text) {
  let mark = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) mark = Math.imul(mark ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return `${base}-${mark.toString(16)}`;
}

desk.addEventListener("htmx:configRequest", (event) => {
  const detail = /** @type {CustomEvent} */ (event).detail;
  if (/\/(run|submit)$/.test(detail.path)) {
    detail.parameters.event_id = numbered(String(detail.parameters.event_id), detail.path + "\0" + source.value);
  }
});

desk.addEventListener("htmx:afterSwap", (event) => {
  const target = /** @type {CustomEvent} */ (event).detail.target;
  if (target.id !== "verdict") return;
  show("pane-code");
  lastKept = source.value + "\0" + notes.value; // the server has the code of a run
  const panel = /** @type {HTMLElement | null} */ (target.querySelector("[data-verdict]"));
  editor.markLine(panel?.dataset.line ? Number(panel.dataset.line) : null);
  // Its head, not all of it: the code stays in sight while the first difference is read.
  (panel?.querySelector("h2") ?? target).scrollIntoView({ block: "nearest", behavior: "smooth" });
});
