"use strict";

/*
 * Runs all checks with one of the official clients on one choice of transports:
 *
 *   node main.js CLIENT TRANSPORTS URL USER      CLIENT: 4 or 2; TRANSPORTS: such as polling,websocket
 *
 * TOKEN (of that user) and BAD_TOKEN come from the environment, where no list of processes shows them. It prints a line
 * of JSON for each check, {"check":...,"passed":...,"problem":...}, and {"ready":true} when the service may be
 * restarted. It ends when its standard input does.
 */
const { checks } = require("./checks");
const dialects = require("./dialects");

const [client, transports, url, user] = process.argv.slice(2);
const target = {
  dialect: dialects[client],
  transports: transports.split(","),
  url,
  greeting: "connected",
  user,
  id: user,
  token: process.env.TOKEN,
  badToken: process.env.BAD_TOKEN,
};

function report(line) {
  console.log(JSON.stringify(line));
}

/** What went wrong, and in which lines of the checks. */
function problem(error) {
  const lines = error.stack.split("\n").filter((line) => line.includes("checks.js"));
  return [error.message, ...lines].join("\n");
}

async function run() {
  for (const [check, body] of Object.entries(checks)) {
    try {
      await body(target, () => report({ ready: true }));
      report({ check, passed: true });
    } catch (error) {
      report({ check, passed: false, problem: problem(error) });
    }
  }
}

process.stdin.resume().on("end", () => process.exit(1));
run().then(() => process.stdin.destroy());
