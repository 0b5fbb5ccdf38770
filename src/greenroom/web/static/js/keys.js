// @ts-check
/** Keys of a question (1 to 6, c, 0, Enter) and of the whole product (g then a letter, ?). */

const PLACES = { t: "/", p: "/practice", c: "/code", m: "/interview", l: "/plan", r: "/progress" };

/** @param {(id: string) => void} openSheet */
export function startKeys(openSheet) {
  let isGoing = false;
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const target = /** @type {HTMLElement} */ (event.target);
    if (isTyping(target) || document.querySelector("dialog[open]")) return;
    if (isGoing) {
      isGoing = false;
      const place = PLACES[/** @type {keyof typeof PLACES} */ (event.key)];
      if (place) {
        event.preventDefault();
        location.assign(place);
      }
      return;
    }
    if (event.key === "?") {
      event.preventDefault();
      openSheet("shortcuts");
    } else if (event.key === "g") {
      isGoing = true;
      setTimeout(() => (isGoing = false), 1500);
    } else if (onQuestion(event.key, target)) {
      event.preventDefault();
    }
  });
}

/** @param {HTMLElement} target */
function isTyping(target) {
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true;
  return target instanceof HTMLInputElement && !["radio", "checkbox", "submit", "button"].includes(target.type);
}

/**
 * @param {string} key
 * @param {HTMLElement} target
 * @returns {boolean} true where the key was for the question
 */
function onQuestion(key, target) {
  const form = /** @type {HTMLFormElement | null} */ (document.querySelector("form[data-question]"));
  const next = /** @type {HTMLElement | null} */ (document.querySelector("[data-next]"));
  if (!form) {
    if (key === "Enter" && next && !target.closest("a, button, summary")) {
      next.click();
      return true;
    }
    return false;
  }
  const sureness = /** @type {HTMLElement | null} */ (form.querySelector("[data-confidence]"));
  const isAtSureness = sureness?.contains(document.activeElement) ?? false;
  if (key === "c" && sureness) {
    focusSureness(sureness);
    return true;
  }
  const entry = /** @type {HTMLElement | null} */ (form.querySelector("#number, input.blank"));
  if (entry && !isAtSureness && /^[-.0-9]$/.test(key)) {
    entry.focus(); // the digit goes into the field: "0.5" must not begin with giving up
    return false;
  }
  if (key === "0") {
    /** @type {HTMLElement | null} */ (form.querySelector("[data-pass]"))?.click();
    return true;
  }
  if (/^[1-9]$/.test(key)) return press(isAtSureness && sureness ? sureness : form.querySelector("[data-options]"), Number(key));
  if (key === "Enter" && !target.closest("a, summary, button")) {
    const hasOptions = form.querySelector("[data-options]");
    const isPicked = !hasOptions || hasOptions.querySelector(":checked");
    if (isPicked && sureness && !sureness.querySelector(":checked")) focusSureness(sureness);
    else form.requestSubmit(/** @type {HTMLElement | null} */ (form.querySelector("[data-answer]")));
    return true;
  }
  return false;
}

/** @param {HTMLElement} sureness */
function focusSureness(sureness) {
  const chosen = sureness.querySelector("input:checked") ?? sureness.querySelector("input");
  /** @type {HTMLElement | null} */ (chosen)?.focus();
  sureness.scrollIntoView({ block: "nearest" });
}

/** @param {Element | null} group @param {number} number counted from 1 */
function press(group, number) {
  const inputs = /** @type {HTMLInputElement[]} */ ([...(group?.querySelectorAll("input") ?? [])]);
  const input = inputs[number - 1];
  if (!input) return false;
  input.focus();
  input.click();
  return true;
}
