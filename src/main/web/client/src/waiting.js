// Waits for the next attempt, but no longer than it makes sense.

/** The longest wait after the network is back, or somebody looks at the page again; in milliseconds. */
const SOON = 250;

/**
 * Runs the action after this time, or soon when the network is back or the page is looked at.
 *
 * @returns {() => void} calls it off
 */
export function waitFor(time, action) {
  let timer;
  const events = [[globalThis.window, 'online'], [globalThis.document, 'visibilitychange']];
  const end = () => {
    clearTimeout(timer);
    events.forEach(([target, name]) => target?.removeEventListener(name, hurry));
  };
  const run = () => {
    end();
    action();
  };
  function hurry() {
    if (globalThis.document?.visibilityState !== 'hidden') {
      clearTimeout(timer);
      timer = setTimeout(run, Math.min(time, Math.random() * SOON));
    }
  }
  events.forEach(([target, name]) => target?.addEventListener(name, hurry));
  timer = setTimeout(run, time);
  return end;
}
