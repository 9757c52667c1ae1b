"use strict";

/*
 * A server on Node.js with the reference's Redis adapter, and an emitter, in one cluster with a server in Java:
 *
 *   node cluster.js REDIS_URL [sharded]
 *
 * The URL of a Redis Cluster is redis-cluster://ONE:PORT,TWO:PORT.
 *
 * The emitter is left out with "sharded", and allRooms() as well: neither knows sharded channels.
 *
 * It has one client in room "r", which acknowledges "question". It prints lines of JSON: {"ready":PORT}, what its client
 * received, and what it learned of the cluster when the other side broadcast "begin". It ends when its standard input does.
 */
const { createServer } = require("http");
const { Server } = require("socket.io");
const { createAdapter, createShardedAdapter } = require("@socket.io/redis-adapter");
const { Emitter } = require("@socket.io/redis-emitter");
const { createClient, createCluster } = require("redis");
const { io: connect } = require("socket.io-client");

function print(line) {
  console.log(JSON.stringify(line));
}

/** A client of one server, or of a Redis Cluster. */
function redisClient(url) {
  const servers = url.match(/^redis-cluster:\/\/(.*)/)?.[1].split(",");
  return servers ? createCluster({ rootNodes: servers.map((server) => ({ url: `redis://${server}` })) }) : createClient({ url });
}

async function main(url, form) {
  const sharded = form === "sharded";
  const publishing = redisClient(url);
  const listening = publishing.duplicate();
  await Promise.all([publishing.connect(), listening.connect()]);
  const http = createServer();
  const io = new Server(http, {
    adapter: sharded ? createShardedAdapter(publishing, listening) : createAdapter(publishing, listening),
  });
  // Over the same connection, which keeps the order of what both do. In a Redis Cluster nothing does: there node-redis
  // publishes each message by another server.
  const emitter = sharded ? undefined : new Emitter(publishing);
  io.on("to node", (value, ack) => (ack ? ack({ got: value }) : print({ told: value })));
  io.on("connection", (socket) => {
    socket.data = { on: "node" };
    socket.join("r");
  });
  await new Promise((resolve) => http.listen(0, "127.0.0.1", resolve));
  const client = connect(`http://127.0.0.1:${http.address().port}`, { transports: ["websocket"] });
  client.on("question", (value, ack) => ack({ answer: value }));
  client.onAny((event, ...args) => print({ event, args: event === "question" ? args.slice(0, 1) : args }));
  client.on("disconnect", (reason) => print({ event: "disconnect", args: [reason] }));
  client.on("begin", () => begin(io, emitter, (room) => sharded && isHeard(publishing, room)).then(() => print({ done: true }), (error) => print({ failed: error.stack })));
  await new Promise((resolve) => client.on("connect", resolve));
  print({ ready: http.address().port, id: client.id });
  process.stdin.resume();
  process.stdin.on("end", () => process.exit(0));
}

/** A server that has joined a room subscribes to the room's channel, which takes a moment. */
async function isHeard(publishing, room) {
  const channel = `socket.io#/#${room}#`;
  const command = ["PUBSUB", "SHARDNUMSUB", channel];
  const subscribers = () => ("masters" in publishing ? publishing.sendCommand(channel, true, command) : publishing.sendCommand(command));
  while ((await subscribers())[1] < 1) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** What servers and emitters on Node.js do in a cluster. */
async function begin(io, emitter, heard) {
  print({ servers: await io.of("/").adapter.serverCount() });
  const sockets = await io.in("r").fetchSockets();
  print({ sockets: sockets.map(({ id, rooms, data }) => ({ id, rooms: [...rooms].sort(), data })) });
  if (emitter) {
    print({ rooms: [...(await io.of("/").adapter.allRooms())].sort() });
  }
  print({ answers: await io.in("r").timeout(5000).emitWithAck("question", 7) });
  io.serverSideEmit("note", 1, "two");
  print({ answered: await io.serverSideEmitWithAck("question", { of: "node" }) });
  emitter?.serverSideEmit("from emitter", 3);
  io.in("java").socketsJoin("by node");
  await heard("by node");
  io.to("by node").emit("from node", { list: [1, null, 1.5, "\u00e9"], bytes: Buffer.from([1, 2]) }, "last");
  emitter?.to("by node").emit("from emitter", 1);
  (emitter || io).to(["r", "by node"]).except("java").emit("not for java");
  (emitter || io).in("java").socketsJoin("by emitter");
  await heard("by emitter");
  io.to("by emitter").volatile.compress(false).emit("flags");
  io.in("java").socketsLeave("by node");
  io.to("by node").emit("after leaving");
  io.in("java").disconnectSockets(true);
}

main(process.argv[2], process.argv[3]).catch((error) => print({ failed: error.stack }));
