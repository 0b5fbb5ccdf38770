// @ts-check
/** What every page has: theme switch, shortcut sheet, keys, timers, focus after a swap, and honest network errors. */
import { startKeys } from "./keys.js";
import { startOrders } from "./order.js";
import { startTimers } from "./timer.js";

/** @param {ParentNode} root what was just put on the page */
function enhance(root) {
  // A block of code wider than its column scrolls, so the keyboard has to reach it.
  for (const block of /** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll(".prose pre"))) {
    if (block.scrollWidth > block.clientWidth) block.tabIndex = 0;
  }
  for (const element of root.querySelectorAll("[data-needs-script]")) element.removeAttribute("hidden");
  for (const field of root.querySelectorAll("input[data-own-time-zone]")) {
    /** @type {HTMLInputElement} */ (field).value = Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
  }
  startOrders(root);
  startTimers(root);
}

function startTheme() {
  const form = /** @type {HTMLFormElement | null} */ (document.querySelector("[data-theme-form]"));
  const button = form?.querySelector("button");
  if (!form || !button) return;
  const isDark = () => {
    const chosen = document.documentElement.dataset.theme;
    return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  };
  const label = () => {
    const next = isDark() ? "light" : "dark";
    button.value = next;
    button.setAttribute("aria-label", `Switch to ${next} appearance`);
  };
  label();
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const theme = button.value;
    document.documentElement.dataset.theme = theme;
    document.cookie = `greenroom_theme=${theme}; path=/; max-age=31536000; samesite=lax`;
    label();
  });
}

function startDialogs() {
  document.addEventListener("click", (event) => {
    const target = /** @type {Element} */ (event.target);
    const opener = target.closest?.("[data-open]");
    if (opener) openSheet(opener.getAttribute("data-open") ?? "");
    if (target instanceof HTMLDialogElement) target.close();
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      if (!menu.contains(target)) menu.removeAttribute("open");
    }
  });
}

/** @param {string} id */
export function openSheet(id) {
  const sheet = document.getElementById(id);
  if (sheet instanceof HTMLDialogElement && !sheet.open) sheet.showModal();
}

/** @param {string} title @param {string} hint */
function say(title, hint) {
  const place = document.getElementById("notices");
  if (!place) return;
  const notice = document.createElement("div");
  notice.className = "notice notice--wrong";
  notice.setAttribute("role", "alert");
  const words = document.createElement("div");
  const strong = document.createElement("strong");
  strong.textContent = title;
  const more = document.createElement("p");
  more.textContent = hint;
  words.append(strong, more);
  notice.append(words);
  place.replaceChildren(notice);
  notice.scrollIntoView({ block: "nearest" });
}

function startNetwork() {
  const unreachable = () =>
    say("Greenroom does not answer.", "Nothing you typed is lost. See that it is running, then press the button again.");
  document.body.addEventListener("htmx:sendError", unreachable);
  document.body.addEventListener("htmx:timeout", unreachable);
  document.body.addEventListener("htmx:beforeRequest", () => document.getElementById("notices")?.replaceChildren());
  document.body.addEventListener("htmx:afterSwap", (event) => {
    const main = document.getElementById("main");
    enhance(main ?? document);
    if (/** @type {CustomEvent} */ (event).detail.target === main) {
      /** @type {HTMLElement | null} */ (main?.querySelector("[data-focus]"))?.focus({ preventScroll: true });
    }
  });
  // A page kept by the browser for its back button may show a form that was answered since.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted && document.querySelector("[data-fresh]")) location.reload();
  });
}

enhance(document);
startTheme();
startDialogs();
startNetwork();
startKeys(openSheet);
