// @ts-check
/**
 * The room of a mock: keeps what is being typed (also when the server is gone), shows the server's clock,
 * sends what is in the box when the time runs out, speaks the interviewer's new words to screen readers.
 * Everything works without this file: the forms are ordinary forms. The editor is loaded only where code is asked.
 */
const SYNC_MS = 15_000;
const HIDDEN_KEY = "greenroom-timer";

/** @type {{ destroy: () => void, markLine: (line: number | null) => void, focus: () => void } | null} */
let editor = null;
let heard = -1;
let heardIn = "";
/** @type {ReturnType<typeof setInterval> | undefined} */
let ticking;

const live = document.createElement("div");
live.className = "sr-only";
live.setAttribute("role", "log");
live.setAttribute("aria-live", "polite");
live.setAttribute("aria-label", "The interviewer");
document.body.append(live);

/** @param {string} key */
function read(key) {
  try {
    return localStorage.getItem(key) ?? "";
  } catch {
    return "";
  }
}

/** @param {string} key @param {string} text */
function keep(key, text) {
  try {
    if (text) localStorage.setItem(key, text);
    else localStorage.removeItem(key);
    return true;
  } catch {
    return false;
  }
}

function start() {
  clearInterval(ticking);
  editor?.destroy();
  editor = null;
  const room = /** @type {HTMLElement | null} */ (document.querySelector("[data-room]"));
  if (!room) return;
  speak(room);
  startDrafts(room);
  startClock(room);
  startEditor(room);
  const talk = room.querySelector("[data-talk]");
  if (talk) talk.scrollTop = talk.scrollHeight;
}

/** @param {HTMLElement} room says the interviewer's lines that are new since the last swap */
function speak(room) {
  const id = room.dataset.id ?? "";
  if (id !== heardIn) {
    heardIn = id;
    heard = -1;
  }
  for (const line of /** @type {NodeListOf<HTMLElement>} */ (room.querySelectorAll("[data-line]"))) {
    const number = Number(line.dataset.line);
    if (number <= heard) continue;
    heard = number;
    if (line.dataset.who === "candidate") continue;
    const words = document.createElement("p");
    words.textContent = line.querySelector(".said__text")?.textContent ?? "";
    live.append(words);
  }
  while (live.childElementCount > 8) live.firstElementChild?.remove();
}

/** @param {HTMLElement} room */
function startDrafts(room) {
  const key = `greenroom-mock-${room.dataset.id}-${room.dataset.exchange}`;
  const answer = /** @type {HTMLTextAreaElement | null} */ (room.querySelector("[data-answer]"));
  const saved = room.querySelector("[data-saved]");
  const words = room.querySelector("[data-words]");
  if (!answer) return;
  const count = () => {
    const n = answer.value.trim() ? answer.value.trim().split(/\s+/).length : 0;
    if (words) words.textContent = `${n} ${n === 1 ? "word" : "words"}, about ${(n / 140).toFixed(1)} min of speech`;
  };
  if (!answer.value && read(key)) {
    answer.value = read(key);
    if (saved) saved.textContent = "What you had typed was kept.";
  }
  count();
  const save = () => {
    const isKept = keep(key, answer.value);
    if (saved) saved.textContent = isKept ? "Kept on this device." : "This browser keeps no drafts.";
  };
  // Someone may have typed before this file was here.
  if (answer.value && answer.value !== read(key)) save();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let pausing;
  answer.addEventListener("input", () => {
    count();
    clearTimeout(pausing);
    pausing = setTimeout(save, 400);
  });
  answer.form?.addEventListener("submit", (event) => {
    const sent = /** @type {SubmitEvent} */ (event).submitter;
    const kind = sent instanceof HTMLButtonElement ? sent.value : "";
    clearTimeout(pausing);
    keep(key, answer.value);
    // The draft goes only when the server has taken it: afterSwap brings a new page with an empty box.
    if (["say", "think", "clarify"].includes(kind)) pendingDraft = key;
  });
  answer.addEventListener("keydown", (event) => {
    const isSend = event.key === "Enter" && (event.ctrlKey || event.metaKey);
    if (isSend) {
      event.preventDefault();
      press(room, "[data-say]");
    }
  });
}

let pendingDraft = "";
let wasCode = false;

/** @param {HTMLElement} room @param {string} selector */
function press(room, selector) {
  // A click, not requestSubmit: htmx learns from the click which button's value to send.
  /** @type {HTMLButtonElement | null} */ (room.querySelector(selector))?.click();
}

/** @param {HTMLElement} room */
async function startEditor(room) {
  const source = /** @type {HTMLTextAreaElement | null} */ (room.querySelector("[data-source]"));
  if (!source) return;
  const key = `greenroom-mock-${room.dataset.id}-${room.dataset.exchange}-code`;
  source.form?.addEventListener("submit", () => (wasCode = true));
  const kept = read(key);
  if (kept) source.value = kept;
  const { mountEditor } = await import("../code/editor.js");
  if (!source.isConnected || source.hidden) return;
  editor = mountEditor(source, {
    label: "Your code",
    onRun: () => press(room, "[data-run]"),
    onSubmit: () => press(room, "[data-submit]"),
    onChange: (text) => keep(key, text),
  });
  const faulty = Number(/** @type {HTMLElement | null} */ (room.querySelector("[data-faulty-line]"))?.dataset.faultyLine);
  if (faulty) editor.markLine(faulty);
  if (wasCode) editor.focus();
  wasCode = false;
}

/** @param {HTMLElement} room */
function startClock(room) {
  const clock = /** @type {HTMLElement | null} */ (room.querySelector("[data-clock]"));
  const face = clock?.querySelector("[data-clock-face]");
  const hide = clock?.querySelector("[data-clock-hide]");
  if (!clock || !face) return;
  const isStopped = clock.dataset.stopped !== undefined;
  let left = Number(room.dataset.leftMs);
  let at = performance.now();
  let speed = 1;
  let isOut = false;
  const now = () => (isStopped ? left : left - (performance.now() - at) * speed);
  const draw = () => {
    if (!room.isConnected) return clearInterval(ticking);
    const seconds = Math.max(0, Math.ceil(now() / 1000));
    const isHidden = read(HIDDEN_KEY) === "hidden";
    face.textContent = isHidden ? "hidden" : `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    if (hide) hide.textContent = isHidden ? "Show" : "Hide";
    clock.classList.toggle("timer--low", seconds < 120);
    if (seconds === 0 && !isStopped && !isOut) {
      isOut = true;
      timeOut(room);
    }
  };
  const sync = async () => {
    if (isStopped || !room.isConnected || isOut) return;
    try {
      const asked = performance.now();
      const answer = await fetch(`/interview/${room.dataset.id}/clock`, { headers: { Accept: "application/json" } });
      if (!answer.ok || !room.isConnected) return;
      const told = await answer.json();
      const heardAt = (asked + performance.now()) / 2;
      // A rehearsal clock runs faster than the wall's; the rate is what the server's own figures say.
      const passed = heardAt - at;
      if (passed > 500 && left > told.left_ms) speed = Math.max(0.5, (left - told.left_ms) / passed);
      left = told.left_ms;
      at = heardAt;
      if (told.phase === "finished" || String(told.exchange) !== room.dataset.exchange) moved(room);
    } catch {
      // The server is away; the clock goes on by itself and what is typed is kept.
    }
  };
  hide?.addEventListener("click", () => {
    keep(HIDDEN_KEY, read(HIDDEN_KEY) === "hidden" ? "shown" : "hidden");
    draw();
  });
  ticking = setInterval(draw, 250);
  setTimeout(sync, 1200);
  const syncing = setInterval(() => (room.isConnected ? sync() : clearInterval(syncing)), SYNC_MS);
  draw();
}

/** @param {HTMLElement} room sends what is there, within the server's grace; else says that the time is over */
function timeOut(room) {
  const answer = /** @type {HTMLTextAreaElement | null} */ (room.querySelector("[data-answer]"));
  const source = /** @type {HTMLTextAreaElement | null} */ (room.querySelector("[data-source]"));
  if (answer?.value.trim()) return press(room, "[data-say]");
  if (source && source.value !== source.defaultValue && source.value.trim()) return press(room, "[data-submit]");
  /** @type {HTMLFormElement | null} */ (room.querySelector("[data-tick]"))?.requestSubmit();
}

/** @param {HTMLElement} room another tab went on: offer to load, and keep what is typed here */
function moved(room) {
  if (room.querySelector("[data-moved]")) return;
  const notice = document.createElement("div");
  notice.className = "notice notice--warn";
  notice.dataset.moved = "yes";
  notice.setAttribute("role", "alert");
  const link = document.createElement("a");
  link.href = `/interview/${room.dataset.id}`;
  link.textContent = "Show where it stands.";
  const words = document.createElement("p");
  words.append("The mock went on in another window. ", link);
  notice.append(words);
  room.prepend(notice);
}

document.addEventListener("keydown", (event) => {
  const room = /** @type {HTMLElement | null} */ (document.querySelector("[data-room]"));
  if (!room || !event.altKey || event.ctrlKey || event.metaKey) return;
  const target = { KeyQ: "[data-ask]", KeyH: "[data-hint]", KeyN: "[data-pass-on]" }[event.code];
  if (target && room.querySelector(target)) {
    event.preventDefault();
    press(room, target);
  }
});
document.body.addEventListener("htmx:afterSwap", () => {
  if (pendingDraft) keep(pendingDraft, "");
  pendingDraft = "";
  start();
});
document.body.addEventListener("htmx:responseError", () => (pendingDraft = ""));
document.body.addEventListener("htmx:sendError", () => (pendingDraft = ""));
start();
