"use strict";

/*
 * Records what servers and emitters on Node.js say to each other over Redis, as data for ClassicFixturesTest, or with
 * "sharded" for ShardedFixturesTest:
 *
 *   node record-cluster.js REDIS_URL > ../resources/cluster/classic.json
 *   node record-cluster.js REDIS_URL sharded > ../resources/cluster/sharded.json
 *
 * Each entry has the channel, the message as base64, and what it says, with bytes as {"$bytes":base64}.
 */
const { createServer } = require("http");
const { Server } = require("socket.io");
const { createAdapter, createShardedAdapter } = require("@socket.io/redis-adapter");
const { Emitter } = require("@socket.io/redis-emitter");
const { createClient } = require("redis");
const { io: connect } = require("socket.io-client");
const notepack = require("notepack.io");

const url = process.argv[2];
const sharded = process.argv[3] === "sharded";
const recorded = [];
let name = "";

function shown(value) {
  if (Buffer.isBuffer(value)) {
    return { $bytes: value.toString("base64") };
  }
  if (Array.isArray(value)) {
    return value.map((item) => (item === undefined ? null : shown(item)));
  }
  if (value && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, item === undefined ? null : shown(item)]));
  }
  return value;
}

function keep(message, channel) {
  const text = channel.toString();
  if (name && text.startsWith("socket.io")) {
    const says = message[0] === 0x7b ? JSON.parse(message.toString()) : notepack.decode(message);
    recorded.push({ name, channel: text, base64: message.toString("base64"), says: shown(says) });
  }
}

async function server() {
  const publishing = createClient({ url });
  const listening = publishing.duplicate();
  await Promise.all([publishing.connect(), listening.connect()]);
  if (sharded) {
    // Nobody can subscribe to all sharded channels.
    const publish = publishing.sPublish.bind(publishing);
    publishing.sPublish = (channel, message) => {
      keep(Buffer.from(message), channel);
      return publish(channel, message);
    };
  }
  const http = createServer();
  const adapter = sharded ? createShardedAdapter(publishing, listening) : createAdapter(publishing, listening);
  const io = new Server(http, { adapter });
  io.on("connection", (socket) => {
    socket.data = { nick: "ann" };
    socket.join("r");
  });
  io.on("ask", (ack) => ack({ from: "the other" }));
  await new Promise((resolve) => http.listen(0, "127.0.0.1", resolve));
  return { io, publishing, port: http.address().port };
}

async function byEmitter(step, emitter) {
  await step("emitter", () => emitter.to("r").emit("e", 1));
  await step("emitter joins", () => emitter.in("r").socketsJoin("w"));
  await step("emitter emits to servers", () => emitter.serverSideEmit("news", 3));
}

async function main() {
  const recorder = createClient({ url });
  await recorder.connect();
  const [one, two] = [await server(), await server()];
  const client = connect(`http://127.0.0.1:${two.port}`, { transports: ["websocket"] });
  client.on("question", (value, ack) => (value === "bytes" ? ack(Buffer.from([9])) : ack(value === "nothing" ? undefined : value)));
  await new Promise((resolve) => client.on("connect", resolve));
  const io = one.io;
  const adapter = io.of("/").adapter;
  const emitter = new Emitter(one.publishing);
  while ((await adapter.serverCount()) < 2) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  if (!sharded) {
    await recorder.pSubscribe("*", keep, true);
  }
  const step = async (title, action) => {
    name = title;
    await action();
    // The last answers may still be on their way.
    await new Promise((resolve) => setTimeout(resolve, 200));
  };
  await step("to everyone", () => io.emit("e", 1));
  await step("to a room", () => io.to("r").emit("e", "caf\u00e9 \ud83d\ude00", null, true, [1.5, -1, 70000, -70000], { a: { b: [] } }));
  await step("without a room", () => io.to(["r", "s"]).except(["t"]).emit("e"));
  await step("volatile and not compressed", () => io.to("r").volatile.compress(false).emit("e", {}));
  await step("bytes", () => io.to("r").emit("e", { deep: [Buffer.from([0, 1, 255])] }));
  await step("long", () => io.to("r").emit("e", "x".repeat(300), Array.from({ length: 20 }, (_, i) => i * 1000)));
  await step("undefined", () => io.to("r").emit("e", undefined));
  if (sharded) {
    await step("to a socket", () => io.to(client.id).emit("e", 1));
    await step("server side emit of bytes", () => io.serverSideEmit("news", Buffer.from([1])));
  } else {
    await byEmitter(step, emitter);
  }
  await step("acknowledged", () => io.in("r").timeout(2000).emitWithAck("question", 7));
  await step("acknowledged by bytes", () => io.in("r").timeout(2000).emitWithAck("question", "bytes"));
  await step("acknowledged by nothing", () => io.in("r").timeout(2000).emitWithAck("question", "nothing"));
  await step("fetch", () => io.in("r").except("t").fetchSockets());
  if (!sharded) {
    await step("all rooms", () => adapter.allRooms());
  }
  await step("join", () => io.in("r").socketsJoin(["u", "v"]));
  await step("leave", () => io.in("r").socketsLeave("u"));
  await step("server side emit", () => io.serverSideEmit("news", 1, "two"));
  await step("server side emit with answers", () => io.serverSideEmitWithAck("ask"));
  await step("disconnect", () => io.in("r").disconnectSockets(true));
  console.log(`[\n${recorded.map((entry) => JSON.stringify(entry)).join(",\n")}\n]`);
  process.exit(0);
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
