"use strict";

/*
 * Sends bytes to the conformance server, as an event and with an acknowledgement, and ends with exit code 0 when the
 * same comes back:
 *
 *   node echo.js CLIENT TRANSPORTS URL      CLIENT: 4 or 2; TRANSPORTS: such as polling,websocket
 *
 * That server's heartbeat is too quick for a busy machine: whoever loses the connection begins again. The program ends
 * when its standard input does.
 */
const assert = require("node:assert/strict");
const dialects = require("./dialects");
const { Peer } = require("./peer");

const ATTEMPTS = 5;

const [client, transports, url] = process.argv.slice(2);
const target = { dialect: dialects[client], transports: transports.split(","), url, greeting: "auth" };

function message() {
  return [
    Buffer.from([0, 127, 128, 255]),
    { list: [Buffer.alloc(0), null, 1.5, { deep: Buffer.from("\u00e9") }], text: "\u{1F600}" },
    Buffer.alloc(200_000, "\u0000\u007f\u0080\u00ff", "latin1"),
    "the end",
  ];
}

/** Some transports give bytes as an ArrayBuffer. */
function buffers(value) {
  if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) {
    return Buffer.from(value);
  }
  if (Array.isArray(value)) {
    return value.map(buffers);
  }
  return value !== null && typeof value === "object"
    ? Object.fromEntries(Object.entries(value).map(([name, field]) => [name, buffers(field)]))
    : value;
}

async function echo(peer) {
  await peer.uses(target.transports.at(-1));
  assert.deepEqual(buffers(await peer.askAll("message-with-ack", ...message())), message());
  peer.emit("message", ...message());
  assert.deepEqual(buffers(await peer.arguments("message-back")), message());
}

async function attempt() {
  const peer = await Peer.connect(target);
  try {
    const lost = peer.next("disconnect").then((reason) => Promise.reject(new Error(`Disconnected: ${reason}`)));
    await Promise.race([echo(peer), lost]);
  } finally {
    peer.close();
  }
}

async function run() {
  for (let left = ATTEMPTS; ; left--) {
    try {
      return await attempt();
    } catch (error) {
      if (error instanceof assert.AssertionError || left === 1) {
        throw error;
      }
      console.log(error.message);
    }
  }
}

process.stdin.resume().on("end", () => process.exit(1));
run().then(
  () => process.exit(0),
  (error) => {
    console.error(error.stack);
    process.exit(1);
  },
);
