package app.realtime.security;

import inet.ipaddr.IPAddress;
import java.net.InetAddress;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The proxies whose word counts about where a request comes from. Immutable. */
public final class TrustedProxies {

    private final List<IPAddress> networks;

    private TrustedProxies(List<IPAddress> networks) {
        this.networks = networks;
    }

    /**
     * Trusts these and no others.
     *
     * @param networks addresses, or networks such as {@code 10.0.0.0/8}
     * @throws IllegalArgumentException if one is neither; the message names it
     */
    public static TrustedProxies of(Collection<String> networks) {
        return new TrustedProxies(networks.stream().map(Addresses::network).toList());
    }

    /**
     * Where the client is. Each proxy appends the address it was called from, so the header is walked from its right
     * end, past trusted proxies, to the first address that is not one: what stands left of it anyone can have written.
     * An entry that is no address ends the walk at the proxy that reported it.
     *
     * @param peer the other end of the TCP connection
     * @param forwardedFor the values of all {@code X-Forwarded-For} headers, in their order; ports are left out
     */
    public InetAddress clientAddress(InetAddress peer, List<String> forwardedFor) {
        InetAddress client = Addresses.normalise(peer);
        String hops = String.join(",", forwardedFor);
        int end = hops.length();
        while (end >= 0 && trusts(client) && !hops.isEmpty()) {
            int comma = hops.lastIndexOf(',', end - 1);
            Optional<InetAddress> hop = Addresses.parse(hops.substring(comma + 1, end));
            if (hop.isEmpty()) {
                return client;
            }
            client = hop.get();
            end = comma;
        }
        return client;
    }

    /** Whether the address is that of a trusted proxy. */
    public boolean trusts(InetAddress address) {
        if (networks.isEmpty()) {
            return false;
        }
        IPAddress candidate = Addresses.toLibrary(address);
        return networks.stream().anyMatch(network -> network.contains(candidate));
    }

    @Override
    public String toString() {
        return networks.toString();
    }
}
