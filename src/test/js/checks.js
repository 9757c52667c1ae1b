"use strict";

const assert = require("node:assert/strict");
const { Peer } = require("./peer");

/** The service starts again in this time, also on a busy machine. */
const RESTART_MS = 180_000;

/**
 * What every client must be able to do, by the names that the tests know. Each check makes clients of its own and ends
 * them; `target` is as main.js has it.
 */
const checks = {
  async connect(target) {
    const peer = await Peer.connect(target);
    try {
      assert.equal(peer.greeting.isAnonymous, true);
      assert.deepEqual(peer.greeting.rooms, ["global"]);
      assert.ok(peer.socket.connected, "The client says that it is connected");
    } finally {
      peer.close();
    }
  },

  async transport(target) {
    const peer = await Peer.connect(target);
    try {
      assert.equal(await peer.uses(target.transports.at(-1)), target.transports.at(-1));
      const answer = await peer.ask("get_rooms");
      assert.equal(answer.ok, true);
      await broadcast(target, "global", { event: "marker", data: {} });
      await peer.next("marker");
    } finally {
      peer.close();
    }
  },

  async token(target) {
    const peer = await Peer.user(target, target.token);
    try {
      assert.equal(peer.greeting.isAnonymous, false);
      assert.equal(peer.greeting.userId, target.user);
      assert.deepEqual(peer.greeting.rooms, ["global", `user:${target.user}`]);
    } finally {
      peer.close();
    }
  },

  async bad_token(target) {
    const peer = new Peer(target, target.dialect.credentials(target.badToken));
    try {
      const data = await peer.refusal();
      assert.equal(data?.code, "token_invalid");
      assert.equal(peer.socket.connected, false);
      assert.equal(peer.count("connected"), 0, "Nothing greets a client that is refused");
    } finally {
      peer.close();
    }
  },

  async rooms(target) {
    const room = `survey:${target.id}`;
    const peer = await Peer.user(target, target.token);
    try {
      assert.equal((await peer.ask("join_room", { room })).room, room);
      assert.equal((await peer.next("room_joined")).room, room);
      assert.deepEqual(await roomNames(peer), ["global", room, `user:${target.user}`]);
      assert.equal((await peer.ask("leave_room", { room })).room, room);
      assert.equal((await peer.next("room_left")).room, room);
      assert.deepEqual(await roomNames(peer), ["global", `user:${target.user}`]);
    } finally {
      peer.close();
    }
  },

  async members_only(target) {
    const room = `survey:${target.id}-members`;
    const member = await Peer.user(target, target.token);
    const other = await Peer.user(target, target.token);
    try {
      await member.ask("join_room", { room });
      await other.ask("join_room", { room: `${room}-other` });
      const data = { text: "\u{1F600} é \u2028", list: [1, null, true, 1.5], timestamp: "then" };
      assert.equal((await broadcast(target, "room", { room, event: "note", data })).recipients, 1);
      assert.deepEqual(await member.next("note"), data);
      await member.ask("leave_room", { room });
      assert.equal((await broadcast(target, "room", { room, event: "note", data })).recipients, 0);
      // Events come in their order: what was sent before the marker is there when the marker is.
      await broadcast(target, "global", { event: "marker", data: {} });
      for (const peer of [member, other]) {
        await peer.next("marker");
        assert.equal(peer.count("note"), 0, "A note came to a client that is not in its room");
      }
    } finally {
      member.close();
      other.close();
    }
  },

  async acknowledgements(target) {
    const peer = await Peer.user(target, target.token);
    try {
      const rooms = Array.from({ length: 10 }, (_, i) => `survey:${target.id}-ack-${i}`);
      const answers = await Promise.all(rooms.map((room) => peer.ask("join_room", { room })));
      assert.deepEqual(answers.map(({ ok, room }) => [ok, room]), rooms.map((room) => [true, room]));
      const refused = await peer.ask("join_room", { room: "user:somebody-else" });
      assert.deepEqual([refused.ok, refused.code], [false, "room_forbidden"]);
      const missing = await peer.ask("join_room");
      assert.deepEqual([missing.ok, missing.code], [false, "room_required"]);
    } finally {
      peer.close();
    }
  },

  async binary(target) {
    const peer = await Peer.connect(target);
    try {
      peer.emit("unknown", Buffer.from([1, 2, 3]), { deep: [{ deeper: Buffer.alloc(0) }] });
      const room = await peer.ask("join_room", { room: Buffer.from([0, 255]) });
      assert.deepEqual([room.ok, room.code], [false, "invalid_room"]);
      const large = Buffer.alloc(200_000, "\u0000\u007f\u0080\u00ff", "latin1");
      const token = await peer.ask("authenticate", { token: large });
      assert.deepEqual([token.ok, token.code], [false, "token_invalid"]);
      const list = await peer.ask("get_rooms", new Uint8Array(large).buffer, Buffer.from("x"));
      assert.equal(list.ok, true, "The connection lives on");
      assert.equal(peer.count("disconnect"), 0);
    } finally {
      peer.close();
    }
  },

  /** `ready` is called when the service may be restarted. */
  async reconnect(target, ready) {
    const room = `survey:${target.id}-restart`;
    const peer = await Peer.user(target, target.token, {
      reconnection: true,
      reconnectionDelay: 500,
      reconnectionDelayMax: 1_000,
    });
    try {
      await peer.ask("join_room", { room });
      ready();
      await peer.next("disconnect", RESTART_MS);
      const greeting = await peer.next("connected", RESTART_MS);
      assert.deepEqual(greeting.rooms, ["global", `user:${target.user}`], "The service has forgotten the room");
      await peer.ask("join_room", { room });
      const data = { text: "again", timestamp: "then" };
      assert.equal((await broadcast(target, "room", { room, event: "note", data })).recipients, 1);
      assert.deepEqual(await peer.next("note"), data);
    } finally {
      peer.close();
    }
  },
};

async function roomNames(peer) {
  const list = await peer.ask("get_rooms");
  assert.deepEqual((await peer.next("rooms_list")).rooms, list.rooms);
  return list.rooms.map(({ name }) => name).sort();
}

/** Broadcasts over the service's HTTP API, which must take it. */
async function broadcast(target, path, body) {
  const response = await fetch(`${target.url}/api/broadcast/${path}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(20_000),
  });
  assert.equal(response.status, 200, `The answer of POST /api/broadcast/${path}`);
  return response.json();
}

module.exports = { checks };
