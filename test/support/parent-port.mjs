/**
 * Gives the built engine process, started under plain Node, the parent port that Electron gives a
 * utility process: `node --import parent-port.mjs out/main/engine.js`. Messages travel over the
 * channel that `child_process.fork` makes; ports are numbers in them. See `engine-process.ts`.
 */

/** @type {Map<number, (call: unknown) => void>} */
const ports = new Map();

/** As Electron's, a port keeps what comes until it is started. @param {number} port */
function portOf(port) {
  const listeners = { message: (/** @type {unknown} */ _event) => {}, close: () => {} };
  /** @type {unknown[]} */
  const waiting = [];
  ports.set(port, (call) => waiting.push(call));
  return {
    /** @param {'message' | 'close'} event @param {any} listener */
    on: (event, listener) => {
      listeners[event] = listener;
    },
    start: () => {
      ports.set(port, (call) => listeners.message({ data: call }));
      for (const call of waiting.splice(0)) listeners.message({ data: call });
    },
    /** @param {unknown} message */
    postMessage: (message) => process.send?.({ port, message }),
  };
}

Object.assign(process, {
  parentPort: {
    /** @param {'message'} _event @param {any} listener */
    on: (_event, listener) => {
      process.on('message', (/** @type {any} */ { tell, port, call }) => {
        if (call) ports.get(port)?.(call);
        else listener({ data: tell, ports: port === undefined ? [] : [portOf(port)] });
      });
    },
    /** @param {unknown} message */
    postMessage: (message) => process.send?.({ message }),
  },
});
process.on('disconnect', () => process.exit(0));
