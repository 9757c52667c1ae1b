package app.realtime.config;

import static app.realtime.config.Variable.INSTANCE_ADDRESS;
import static app.realtime.config.Variable.MANAGEMENT_PORT;

import app.realtime.cluster.members.InstanceSettings;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/** Where other instances reach this one. */
final class InstanceVariables {

    private static final int MAX_PORT = 65_535;

    private final Values values;

    InstanceVariables(Values values) {
        this.values = values;
    }

    InstanceSettings read() {
        return new InstanceSettings(
                values.optional(INSTANCE_ADDRESS).flatMap(this::resolve), values.number(MANAGEMENT_PORT, 1, MAX_PORT));
    }

    private Optional<InetAddress> resolve(String host) {
        try {
            InetAddress address = InetAddress.getByName(host);
            if (!address.isAnyLocalAddress()) {
                return Optional.of(address);
            }
            values.problems()
                    .add(
                            INSTANCE_ADDRESS,
                            Problems.quote(host) + " is no single address; expected one such as 10.1.2.3");
            return Optional.empty();
        } catch (UnknownHostException e) {
            values.problems()
                    .add(
                            INSTANCE_ADDRESS,
                            Problems.quote(host)
                                    + " is not known here; expected the address of this host, such as 10.1.2.3");
            return Optional.empty();
        }
    }
}
