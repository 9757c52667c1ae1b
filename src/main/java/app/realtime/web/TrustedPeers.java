package app.realtime.web;

import java.net.InetAddress;

/** Whose word counts about how a request came to them: proxies. Thread-safe, does not block. */
@FunctionalInterface
public interface TrustedPeers {

    boolean trusts(InetAddress peer);
}
