// The peer on Node.js: what the service does for an anonymous client, with socket.io as it comes. It ends with SIGTERM.
import { createServer } from "node:http";
import { Server } from "socket.io";

const api = createServer((request, response) => {
  if (request.method === "POST" && request.url === "/api/broadcast/room") {
    let body = "";
    request.setEncoding("utf8");
    request.on("data", (chunk) => (body += chunk));
    request.on("end", () => {
      const { room, event, data } = JSON.parse(body);
      io.to(room).emit(event, data);
      answer(response, 200, { success: true, room, event, timestamp: now() });
    });
  } else if (request.url === "/health") {
    answer(response, 200, { status: "healthy" });
  } else {
    answer(response, 404, { error: "Not found" });
  }
});

// The heartbeat is the service's own default; everything else is socket.io's.
const io = new Server(api, { pingInterval: 30000, pingTimeout: 60000 });

io.on("connection", (socket) => {
  socket.join("global");
  socket.emit("connected", {
    socketId: socket.id,
    userId: `anon-${socket.id}`,
    isAnonymous: true,
    rooms: ["global"],
    serverTime: now(),
  });
  socket.on("ping", (acknowledge) => {
    const timestamp = now();
    socket.emit("pong", { timestamp });
    acknowledge({ ok: true, timestamp });
  });
});

// Before memory is measured; the service and the other peer are asked by jcmd.
process.on("SIGUSR2", () => globalThis.gc());

if (process.env.KAFKA_BROKERS) {
  await feed(process.env.KAFKA_BROKERS);
}
api.listen(Number(process.env.PORT), "0.0.0.0");

async function feed(brokers) {
  const { Kafka, logLevel } = await import("kafkajs");
  const kafka = new Kafka({ clientId: "node-peer", brokers: brokers.split(","), logLevel: logLevel.WARN });
  const consumer = kafka.consumer({ groupId: "node-peer" });
  await consumer.connect();
  await consumer.subscribe({ topic: process.env.KAFKA_TOPIC_NOTIFICATIONS, fromBeginning: true });
  await consumer.run({
    eachMessage: async ({ message }) => {
      const { type: notificationType, title, message: text, priority = "normal", metadata } = JSON.parse(message.value);
      io.to("global").emit("notification", {
        type: "notification",
        notificationType,
        title,
        message: text,
        priority,
        metadata,
        timestamp: now(),
      });
    },
  });
}

function answer(response, status, body) {
  const text = JSON.stringify(body);
  response.writeHead(status, { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(text) });
  response.end(text);
}

function now() {
  return new Date().toISOString();
}
