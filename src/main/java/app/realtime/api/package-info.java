/**
 * The HTTP API: what other services call to push events and to see how this one is. It declares as ports what it needs
 * to know of the rest: {@link app.realtime.api.CallerAuthenticator}, {@link app.realtime.api.StatsSource},
 * {@link app.realtime.api.HealthSource}.
 */
package app.realtime.api;
