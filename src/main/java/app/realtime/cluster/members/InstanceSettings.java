package app.realtime.cluster.members;

import java.net.InetAddress;
import java.util.Optional;

/**
 * Where this instance is for the others.
 *
 * @param address empty: that of this host's own name
 * @param managementPort where it takes what others pass on to it
 */
public record InstanceSettings(Optional<InetAddress> address, int managementPort) {}
