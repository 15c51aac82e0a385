// Sends every request of the process to the server in MIRROR, path and all: preloaded with `node --require`.
const send = globalThis.fetch;
globalThis.fetch = (address, options) =>
  send(String(address.url ?? address).replace(/^https?:\/\/[^/]+/, process.env.MIRROR), options);
