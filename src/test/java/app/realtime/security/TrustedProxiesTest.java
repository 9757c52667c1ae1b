package app.realtime.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedProxiesTest {

    private final TrustedProxies proxies =
            TrustedProxies.of(List.of("10.0.0.0/8", "192.0.2.7", "2001:db8::/32", "::ffff:172.16.0.0/108"));

    @Test
    void believesNobodyByDefault() {
        assertThat(TrustedProxies.of(List.of()).clientAddress(address("127.0.0.1"), List.of("198.51.100.1")))
                .isEqualTo(address("127.0.0.1"));
    }

    @Test
    void takesThePeerWhereThereIsNoHeader() {
        assertThat(proxies.clientAddress(address("10.1.1.1"), List.of())).isEqualTo(address("10.1.1.1"));
        assertThat(proxies.clientAddress(address("10.1.1.1"), List.of(""))).isEqualTo(address("10.1.1.1"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // an untrusted peer is the client, whatever it says
                "198.51.100.9|203.0.113.1|198.51.100.9",
                // one proxy, several proxies
                "10.0.0.1|203.0.113.1|203.0.113.1",
                "10.0.0.1|203.0.113.1, 10.0.0.2 ,192.0.2.7|203.0.113.1",
                // what stands left of the first untrusted hop is not believed
                "10.0.0.1|127.0.0.1, 203.0.113.1, 10.0.0.2|203.0.113.1",
                // all trusted: the farthest
                "10.0.0.1|10.0.0.3, 10.0.0.2|10.0.0.3",
                // ports and forms
                "10.0.0.1|203.0.113.1:4711|203.0.113.1",
                "10.0.0.1|[2001:470::1]:4711|2001:470::1",
                "10.0.0.1|[2001:470::1]|2001:470::1",
                "10.0.0.1|2001:470::1|2001:470::1",
                "2001:db8::5|::ffff:203.0.113.1|203.0.113.1",
                "10.0.0.1|203.0.113.1, ::ffff:10.0.0.2|203.0.113.1",
                "172.16.9.9|203.0.113.1|203.0.113.1",
                "172.32.9.9|203.0.113.1|172.32.9.9",
                // no addresses: the proxy that reported them
                "10.0.0.1|203.0.113.1, unknown|10.0.0.1",
                "10.0.0.1|203.0.113.1, unknown, 10.0.0.2|10.0.0.2",
                "10.0.0.1|203.0.113.1,|10.0.0.1",
                "10.0.0.1|,|10.0.0.1",
                "10.0.0.1|203.0.113|10.0.0.1",
                "10.0.0.1|203.0.113.01|10.0.0.1",
                "10.0.0.1|0x7f.0.0.1|10.0.0.1",
                "10.0.0.1|2130706433|10.0.0.1",
                "10.0.0.1|203.0.113.0/24|10.0.0.1",
                "10.0.0.1|203.0.113.*|10.0.0.1",
                "10.0.0.1|fe80::1%eth0|10.0.0.1",
                "10.0.0.1|localhost|10.0.0.1",
            })
    void walksFromTheRight(String peer, String header, String client) {
        assertThat(proxies.clientAddress(address(peer), List.of(header))).isEqualTo(address(client));
    }

    @Test
    void readsSeveralHeadersAsOne() {
        assertThat(proxies.clientAddress(address("10.0.0.1"), List.of("127.0.0.1", "203.0.113.1", "10.0.0.2")))
                .isEqualTo(address("203.0.113.1"));
    }

    @Test
    void treatsAMappedPeerAsIpv4() throws UnknownHostException {
        InetAddress scoped = InetAddress.getByName("fe80::1%1");

        assertThat(proxies.trusts(InetAddress.getByName("::ffff:10.0.0.1"))).isTrue();
        assertThat(proxies.clientAddress(scoped, List.of())).isEqualTo(address("fe80::1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "10.0.0.0/33", "10.0.0", "::/129", "proxy", "10.0.0.0/8/8", "*", "10.0.0.0-10.0.0.9", "/8"})
    void saysWhichEntryIsNoNetwork(String entry) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TrustedProxies.of(List.of(entry)))
                .withMessageContaining('"' + entry + '"');
    }

    /** Whatever a client puts in front, the result is the address from which the outermost trusted proxy was called. */
    @Property(tries = 500)
    void yieldsNothingThatTheClientChose(
            @ForAll("forged") String forged,
            @ForAll("trusted") List<String> chain,
            @ForAll("untrusted") String client) {
        String header = forged + ", " + client + (chain.isEmpty() ? "" : ", " + String.join(", ", chain));

        assertThat(proxies.clientAddress(address("10.255.0.1"), List.of(header)))
                .isEqualTo(address(client));
    }

    @Property(tries = 500)
    void answersAnything(@ForAll("forged") String header) {
        assertThat(proxies.clientAddress(address("10.255.0.1"), List.of(header)))
                .isNotNull();
        assertThat(proxies.clientAddress(address("198.51.100.1"), List.of(header)))
                .isEqualTo(address("198.51.100.1"));
    }

    @Provide
    Arbitrary<String> forged() {
        Arbitrary<String> entries = Arbitraries.oneOf(
                untrusted(), trustedAddress(), Arbitraries.strings().ofMaxLength(20), Arbitraries.of("", "unknown"));
        return entries.list().ofMaxSize(6).map(list -> String.join(",", list));
    }

    @Provide
    Arbitrary<List<String>> trusted() {
        return trustedAddress().list().ofMaxSize(4);
    }

    @Provide
    Arbitrary<String> untrusted() {
        return Arbitraries.oneOf(
                Arbitraries.integers().between(1, 254).map(last -> "203.0.113." + last),
                Arbitraries.integers().between(1, 65_535).map(last -> "2001:470::" + Integer.toHexString(last)));
    }

    private Arbitrary<String> trustedAddress() {
        return Arbitraries.oneOf(
                Arbitraries.integers().between(0, 255).map(part -> "10." + part + ".3.4"),
                Arbitraries.integers().between(0, 255).map(part -> "::ffff:10.1.2." + part),
                Arbitraries.of("192.0.2.7", "2001:db8:1::9", "[2001:db8::1]:443", "10.9.8.7:80"));
    }

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
