package app.realtime.clients;

import java.net.URI;

/**
 * What a client connects to, and as whom.
 *
 * @param uri the service's root, without a path
 * @param user a user whom no other client has
 * @param token of that user
 * @param badToken of that user, but signed by somebody else
 */
record Target(URI uri, Transports transports, String user, String token, String badToken) {}
