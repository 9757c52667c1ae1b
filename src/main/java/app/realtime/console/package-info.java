/**
 * What the console at {@code /} sees beside the HTTP API: every event as it is published, on a namespace of its own for
 * those who may administer the service.
 */
package app.realtime.console;
