package app.realtime.security;

import inet.ipaddr.AddressStringException;
import inet.ipaddr.AddressStringParameters.RangeParameters;
import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressNetwork.IPAddressGenerator;
import inet.ipaddr.IPAddressString;
import inet.ipaddr.IPAddressStringParameters;
import inet.ipaddr.ipv6.IPv6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads IP addresses and networks strictly: no host names, no ranges, no octal or shortened forms. */
final class Addresses {

    /** {@code [v6]:port}, {@code [v6]}, or {@code v4:port}. */
    private static final Pattern WITH_PORT =
            Pattern.compile("\\[([0-9A-Fa-f:.]+)](?::[0-9]{1,5})?|([0-9.]+):[0-9]{1,5}");

    private static final int MAPPED_PREFIX_BITS = 96;

    private static final IPAddressStringParameters NETWORK = strict(true);
    private static final IPAddressStringParameters ADDRESS = strict(false);

    private Addresses() {}

    /** An entry of a forwarding header, with or without port. */
    static Optional<InetAddress> parse(String entry) {
        String text = entry.strip();
        Matcher withPort = WITH_PORT.matcher(text);
        if (withPort.matches()) {
            text = withPort.group(1) != null ? withPort.group(1) : withPort.group(2);
        }
        try {
            return Optional.of(
                    inetAddress(new IPAddressString(text, ADDRESS).toAddress().getBytes()));
        } catch (AddressStringException e) {
            return Optional.empty();
        }
    }

    /** @throws IllegalArgumentException if it is neither an address nor a network */
    static IPAddress network(String text) {
        try {
            IPAddress address = new IPAddressString(text.strip(), NETWORK).toAddress();
            return withoutMapping(address).toPrefixBlock();
        } catch (AddressStringException e) {
            throw new IllegalArgumentException('"' + text + "\" is neither an address nor a network", e);
        }
    }

    /** The same address without a zone, and as IPv4 if it is one in IPv6 form. */
    static InetAddress normalise(InetAddress address) {
        return inetAddress(address.getAddress());
    }

    static IPAddress toLibrary(InetAddress address) {
        return new IPAddressGenerator().from(normalise(address));
    }

    private static IPAddress withoutMapping(IPAddress address) {
        if (address.isIPv6()) {
            IPv6Address v6 = address.toIPv6();
            Integer prefix = v6.getNetworkPrefixLength();
            if (v6.isIPv4Mapped() && (prefix == null || prefix >= MAPPED_PREFIX_BITS)) {
                IPAddress v4 = v6.getEmbeddedIPv4Address().withoutPrefixLength();
                return prefix == null ? v4 : v4.setPrefixLength(prefix - MAPPED_PREFIX_BITS, false);
            }
        }
        return address;
    }

    private static InetAddress inetAddress(byte[] bytes) {
        try {
            // Turns IPv4-mapped addresses into IPv4.
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("An address of " + bytes.length + " bytes", e);
        }
    }

    private static IPAddressStringParameters strict(boolean network) {
        IPAddressStringParameters.Builder builder = new IPAddressStringParameters.Builder()
                .allowEmpty(false)
                .allowAll(false)
                .allowSingleSegment(false)
                .allowMask(false)
                .allowPrefixOnly(false)
                .allowPrefix(network)
                .allowWildcardedSeparator(false)
                .allow_inet_aton(false)
                .setRangeOptions(RangeParameters.NO_RANGE);
        builder.getIPv4AddressParametersBuilder().allowLeadingZeros(false).allowBinary(false);
        builder.getIPv6AddressParametersBuilder()
                .allowZone(false)
                .allowBase85(false)
                .allowBinary(false);
        return builder.toParams();
    }
}
