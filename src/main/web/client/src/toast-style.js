// How toasts and the state look: in the light and in the dark, with forced colors, and without motion for who wants none.

export const TOAST_STYLE = `
:host {
  color-scheme: light dark;
  --text: #17202b; --card: #ffffff; --line: #7d8896; --accent: #1d5fa8; --bad: #a40e26;
}
@media (prefers-color-scheme: dark) {
  :host { --text: #e6edf3; --card: #161c24; --line: #768390; --accent: #79b8ff; --bad: #ff8182; }
}
* { box-sizing: border-box; }
.stack {
  position: fixed; z-index: 2147483000; right: 1rem; bottom: 1rem; width: min(22rem, calc(100vw - 2rem));
  display: flex; flex-direction: column; gap: 0.5rem; pointer-events: none;
  color: var(--text); font: 0.9375rem/1.4 system-ui, sans-serif;
}
.stack > [aria-live] { display: contents; }
.toast, .state {
  pointer-events: auto; padding: 0.625rem 0.75rem; border: 1px solid var(--line);
  border-left: 0.25rem solid var(--accent); border-radius: 0.375rem; background: var(--card);
  box-shadow: 0 0.25rem 1rem rgb(0 0 0 / 25%); overflow-wrap: anywhere; animation: rise 0.2s ease-out;
}
.toast { display: flex; gap: 0.75rem; align-items: flex-start; justify-content: space-between; }
.toast[data-urgent="true"] { border-left-color: var(--bad); }
.toast p { margin: 0; }
.toast .title { font-weight: 600; }
.state[hidden] { display: none; }
button {
  flex: none; padding: 0 0.375rem; border: 1px solid transparent; border-radius: 0.25rem;
  color: inherit; background: none; font: inherit; line-height: 1.4; cursor: pointer;
}
button:hover { border-color: var(--line); }
button:focus-visible { outline: 3px solid var(--accent); outline-offset: 1px; }
@keyframes rise { from { opacity: 0; transform: translateY(0.5rem); } }
@media (prefers-reduced-motion: reduce) { .toast, .state { animation: none; } }
@media (forced-colors: active) { .toast, .state { border-color: CanvasText; } }
`;
