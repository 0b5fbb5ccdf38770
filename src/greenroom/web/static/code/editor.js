// @ts-check
/**
 * The code editor: CodeMirror 6 over a plain <textarea>.
 *
 * Without JavaScript the textarea itself is the editor, so a page writes an ordinary form:
 *
 *   <link rel="stylesheet" href="/static/code/editor.css">
 *   <label for="source">Your code</label>
 *   <textarea id="source" name="source">...</textarea>
 *   <script type="module" src="/static/code/your-page.js"></script>
 *
 * and its module says
 *
 *   import { mountEditor } from "/static/code/editor.js";
 *   const editor = mountEditor(document.querySelector("#source"), {
 *     label: "Your code",
 *     onRun: () => form.requestSubmit(runButton),        // Ctrl or Cmd + Enter
 *     onSubmit: () => form.requestSubmit(submitButton),  // Ctrl or Cmd + Shift + Enter
 *   });
 *
 * The textarea keeps the present text at every moment and gets an `input` event at each change, so forms,
 * htmx and autosave see only the textarea. Tab indents; Escape and then Tab leaves the editor.
 * Colours are the custom properties in editor.css. The style nonce of the Content-Security-Policy is taken
 * from `options.nonce`, or <meta name="csp-nonce" content="...">, or any <script nonce> of the page.
 */
import {
  bracketMatching,
  closeBrackets,
  closeBracketsKeymap,
  Decoration,
  defaultKeymap,
  drawSelection,
  EditorState,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSelectionMatches,
  highlightSpecialChars,
  HighlightStyle,
  history,
  historyKeymap,
  indentOnInput,
  indentUnit,
  indentWithTab,
  keymap,
  lineNumbers,
  Prec,
  python,
  search,
  searchKeymap,
  StateEffect,
  StateField,
  syntaxHighlighting,
  tags,
} from "../vendor/codemirror.js";

/**
 * @typedef {object} EditorOptions
 * @property {string} [label] name for screen readers; default: the text of the textarea's label
 * @property {string} [nonce] style nonce of the Content-Security-Policy
 * @property {boolean} [readOnly] show only; the text can be selected and copied
 * @property {boolean} [plain] no Python mode (a message, SQL, JSON)
 * @property {() => void} [onRun] Ctrl or Cmd + Enter
 * @property {() => void} [onSubmit] Ctrl or Cmd + Shift + Enter
 * @property {(text: string) => void} [onChange] after each change by the person
 *
 * @typedef {object} Editor
 * @property {() => string} getValue
 * @property {(text: string) => void} setValue replaces everything, in one undo step
 * @property {(line: number | null) => void} markLine marks a line (from 1) as the one with the error
 * @property {() => void} focus
 * @property {() => void} destroy puts the textarea back
 */

const setMarkedLine = StateEffect.define();

const markedLine = StateField.define({
  create: () => Decoration.none,
  update(marks, transaction) {
    let next = marks.map(transaction.changes);
    for (const effect of transaction.effects) {
      if (!effect.is(setMarkedLine)) continue;
      const line = effect.value;
      const isThere = line !== null && line >= 1 && line <= transaction.state.doc.lines;
      next = isThere
        ? Decoration.set([
            Decoration.line({ class: "cm-faulty" }).range(transaction.state.doc.line(line).from),
          ])
        : Decoration.none;
    }
    return next;
  },
  provide: (field) => EditorView.decorations.from(field),
});

const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword, tags.controlKeyword], color: "var(--code-keyword)" },
  { tag: [tags.definitionKeyword, tags.moduleKeyword], color: "var(--code-keyword)" },
  { tag: [tags.string, tags.special(tags.string)], color: "var(--code-string)" },
  { tag: [tags.number, tags.bool, tags.null], color: "var(--code-number)" },
  { tag: [tags.comment], color: "var(--code-comment)", fontStyle: "italic" },
  {
    tag: [tags.function(tags.variableName), tags.function(tags.definition(tags.variableName))],
    color: "var(--code-function)",
  },
  { tag: [tags.className, tags.definition(tags.className)], color: "var(--code-function)" },
  { tag: [tags.meta, tags.self], color: "var(--code-self)" },
]);

const look = EditorView.theme({
  "&": { color: "var(--code-ink)", backgroundColor: "var(--code-paper)", fontSize: "var(--code-size)" },
  "&.cm-focused": { outline: "2px solid var(--code-focus)", outlineOffset: "-1px" },
  ".cm-scroller": { overflow: "auto", fontFamily: "var(--code-font)", lineHeight: "1.55" },
  ".cm-content": { caretColor: "var(--code-ink)", padding: "0.5rem 0" },
  ".cm-cursor": { borderLeftColor: "var(--code-ink)", borderLeftWidth: "2px" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    backgroundColor: "var(--code-selection)",
  },
  ".cm-activeLine": { backgroundColor: "var(--code-line)" },
  ".cm-gutters": {
    backgroundColor: "var(--code-paper)",
    color: "var(--code-gutter)",
    border: "none",
    paddingInlineStart: "0.25rem",
  },
  ".cm-activeLineGutter": { backgroundColor: "var(--code-line)", color: "var(--code-ink)" },
  "&.cm-focused .cm-matchingBracket": { backgroundColor: "var(--code-match)", outline: "none" },
  "&.cm-focused .cm-nonmatchingBracket": { backgroundColor: "var(--code-fault)", outline: "none" },
  ".cm-selectionMatch": { backgroundColor: "var(--code-match)" },
  ".cm-searchMatch": { backgroundColor: "var(--code-match)", outline: "1px solid var(--code-gutter)" },
  ".cm-faulty": { backgroundColor: "var(--code-fault)", boxShadow: "inset 3px 0 var(--code-fault-edge)" },
  ".cm-panels": { backgroundColor: "var(--code-line)", color: "var(--code-ink)" },
  ".cm-panels.cm-panels-bottom": { borderTop: "1px solid var(--code-gutter)" },
  ".cm-textfield": {
    backgroundColor: "var(--code-paper)",
    color: "var(--code-ink)",
    border: "1px solid var(--code-gutter)",
    fontSize: "max(16px, 1em)",
  },
  ".cm-button": {
    backgroundImage: "none",
    backgroundColor: "var(--code-paper)",
    color: "var(--code-ink)",
    border: "1px solid var(--code-gutter)",
  },
});

/**
 * Typing over a selection, done by us. Left to Chromium, it keeps the look of what was selected by an inline
 * style on a new element, which the content security policy refuses (and reports).
 */
const typeOver = EditorView.domEventHandlers({
  beforeinput(event, view) {
    const text = event.data;
    const { from, to, empty } = view.state.selection.main;
    const isPlain = event.inputType === "insertText" && text && !empty && !view.composing && !event.isComposing;
    if (!isPlain || view.state.readOnly || view.state.selection.ranges.length > 1) return false;
    event.preventDefault();
    const insert = () => view.state.update(view.state.replaceSelection(text), { userEvent: "input.type" });
    // Brackets and quotes are put around a selection by handlers of the same kind.
    const isHandled = view.state.facet(EditorView.inputHandler).some((handle) => handle(view, from, to, text, insert));
    if (!isHandled) view.dispatch(insert());
    return true;
  },
});

/** @returns {string} */
function pageNonce() {
  const meta = document.querySelector('meta[name="csp-nonce"]');
  if (meta instanceof HTMLMetaElement && meta.content) return meta.content;
  const holder = document.querySelector("script[nonce], style[nonce]");
  return holder instanceof HTMLElement ? holder.nonce || "" : "";
}

/**
 * @param {HTMLTextAreaElement} textarea
 * @param {EditorOptions} options
 * @returns {object[]}
 */
function keys(textarea, options) {
  /** @param {(() => void) | undefined} action */
  const binding = (action) => () => {
    if (action) action();
    return Boolean(action);
  };
  return [
    // Before the default keys: Mod-Enter would insert a line there.
    Prec.highest(
      keymap.of([
        { key: "Mod-Shift-Enter", run: binding(options.onSubmit) },
        { key: "Mod-Enter", run: binding(options.onRun) },
      ]),
    ),
    keymap.of([...closeBracketsKeymap, ...defaultKeymap, ...searchKeymap, ...historyKeymap, indentWithTab]),
  ];
}

/**
 * Puts an editor in the place of a textarea.
 *
 * @param {HTMLTextAreaElement} textarea
 * @param {EditorOptions} [options]
 * @returns {Editor}
 */
export function mountEditor(textarea, options = {}) {
  const label = options.label || textarea.labels?.[0]?.textContent?.trim() || "Code";
  const nonce = options.nonce || pageNonce();
  const isFixed = Boolean(options.readOnly || textarea.readOnly || textarea.disabled);
  const help = isFixed ? "" : ". Tab indents; press Escape and then Tab to leave.";
  const view = new EditorView({
    state: EditorState.create({
      doc: textarea.value,
      extensions: [
        nonce ? EditorView.cspNonce.of(nonce) : [],
        lineNumbers(),
        highlightSpecialChars(),
        history(),
        drawSelection(),
        isFixed ? [] : [highlightActiveLine(), highlightActiveLineGutter(), closeBrackets(), indentOnInput()],
        bracketMatching(),
        typeOver,
        highlightSelectionMatches(),
        search(),
        markedLine,
        indentUnit.of("    "),
        EditorState.tabSize.of(4),
        options.plain ? [] : [python(), syntaxHighlighting(colours)],
        look,
        EditorState.readOnly.of(isFixed),
        isFixed ? [] : keys(textarea, options),
        EditorView.editorAttributes.of({ class: "code-editor" }),
        EditorView.contentAttributes.of({
          "aria-label": label + help,
          "aria-readonly": String(isFixed),
          tabindex: "0",
          autocapitalize: "off",
          autocorrect: "off",
          spellcheck: "false",
        }),
        EditorView.updateListener.of((update) => {
          if (!update.docChanged) return;
          textarea.value = update.state.doc.toString();
          textarea.dispatchEvent(new Event("input", { bubbles: true }));
          options.onChange?.(textarea.value);
        }),
      ],
    }),
  });
  textarea.before(view.dom);
  textarea.hidden = true;
  document.fonts?.ready.then(() => view.requestMeasure());
  return {
    getValue: () => view.state.doc.toString(),
    setValue: (text) => view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } }),
    markLine: (line) => view.dispatch({ effects: setMarkedLine.of(line) }),
    focus: () => view.focus(),
    destroy: () => {
      view.destroy();
      textarea.hidden = false;
    },
  };
}
