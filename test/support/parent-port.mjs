/**
 * Gives the built engine process, started under plain Node, the parent port that Electron gives a
 * utility process: `node --import parent-port.mjs out/main/engine.js`. Messages travel over the
 * channel that `child_process.fork` makes; ports are numbers in them. See `engine-process.ts`.
 */

/** @type {Map<number, {message: (event: {data: unknown}) => void, close: () => void}>} */
const ports = new Map();

/** @param {number} port */
function portOf(port) {
  const listeners = { message: (/** @type {unknown} */ _event) => {}, close: () => {} };
  ports.set(port, listeners);
  return {
    /** @param {'message' | 'close'} event @param {any} listener */
    on: (event, listener) => {
      listeners[event] = listener;
    },
    start: () => {},
    /** @param {unknown} message */
    postMessage: (message) => process.send?.({ port, message }),
  };
}

Object.assign(process, {
  parentPort: {
    /** @param {'message'} _event @param {any} listener */
    on: (_event, listener) => {
      process.on('message', (/** @type {any} */ { tell, port, call }) => {
        if (call) ports.get(port)?.message({ data: call });
        else listener({ data: tell, ports: port === undefined ? [] : [portOf(port)] });
      });
    },
    /** @param {unknown} message */
    postMessage: (message) => process.send?.({ message }),
  },
});
process.on('disconnect', () => process.exit(0));
