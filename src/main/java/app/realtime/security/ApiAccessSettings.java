package app.realtime.security;

/**
 * Who may call the guarded part of the HTTP API.
 *
 * @param keys the keys that open it; may be empty
 * @param open whether it needs neither key nor token (only outside production)
 */
public record ApiAccessSettings(ApiKeys keys, boolean open) {}
