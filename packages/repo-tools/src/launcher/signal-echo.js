const ECHO_MS = 500;

/**
 * Keeps the echo of a signal from the command. The terminal gives a Ctrl-C to npm and to us, and npm passes its own on
 * wherever its shell is bash (macOS, Fedora): the command sees two within milliseconds, and takes the second for
 * "now, and never mind a clean end". A second Ctrl-C that a person presses later still means that.
 *
 * @param {NodeJS.Signals} signal
 * @returns {void}
 */
export function swallowEcho(signal) {
  let heardAt = Number.NEGATIVE_INFINITY;
  const listener = () => {
    if (performance.now() - heardAt < ECHO_MS) return;
    heardAt = performance.now();
    // Nobody else listens, or listens any more: what the signal does by itself is what is wanted.
    if (process.listenerCount(signal) > 1) return;
    process.off(signal, listener);
    process.kill(process.pid, signal);
  };
  process.on(signal, listener);
}
