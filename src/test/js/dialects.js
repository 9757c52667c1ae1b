"use strict";

/**
 * What differs between the clients: where a token goes, and how a refusal comes. The 2.x client has no `auth`; the
 * service takes the query of its handshake instead.
 */
module.exports = {
  4: {
    open: require("socket.io-client").io,
    credentials: (token) => ({ auth: { token } }),
    refusal: "connect_error",
    refusalData: (error) => error.data,
  },
  2: {
    open: require("socket.io-client-2"),
    credentials: (token) => ({ query: { token } }),
    refusal: "error",
    refusalData: (error) => error,
  },
};
