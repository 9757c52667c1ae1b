package app.realtime.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.security.PublicKey;
import java.util.Base64;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicKeysTest {

    /** Self-signed, P-256, of nobody. */
    private static final String CERTIFICATE =
            "MIIBOjCB4qADAgECAgkAtWxulBApLrowCgYIKoZIzj0EAwIwETEPMA0GA1UEAxMGbm9ib2R5MCAXDTI2MTEyMjIwMz"
                    + "gzM1oYDzIxMjYxMDI5MjAzODMzWjARMQ8wDQYDVQQDEwZub2JvZHkwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAT/"
                    + "yW4pMhJPczdtn5ImAZXbXFerh0jUJfMylG+fQ7bLjN15J9UlZ6X1Bs/dMAx3kHgvl2A/YXmFRjpesjw72SlGoyEwHz"
                    + "AdBgNVHQ4EFgQU5IOANGxuY0OpfcL+VZBDqJ5fzhQwCgYIKoZIzj0EAwIDRwAwRAIgPZTe3lkiNFWjv7IB96iO4Ry7"
                    + "e2jn4dngvxb6uV+UhpACICR5w/nr3GVMqz+l6FGrcdeB4Hxisna+hdA4p+GjTbpu";

    private final PublicKey rsa = Tokens.rsa(2048).getPublic();
    private final PublicKey ec = Tokens.ec("ES256").getPublic();

    @Test
    void readsAllKeysOfAPemText() {
        PublicKeys keys = PublicKeys.parse("some words\n" + Tokens.pem(rsa) + Tokens.pem(ec));

        assertThat(keys.candidates("PS512", Optional.empty())).hasSize(1);
        assertThat(keys.candidates("ES256", Optional.of("any"))).hasSize(1);
        assertThat(keys.candidates("ES384", Optional.empty())).isEmpty();
        assertThat(keys.candidates("HS256", Optional.empty())).isEmpty();
    }

    @Test
    void readsACertificate() {
        PublicKeys keys = PublicKeys.parse(
                Tokens.pem("CERTIFICATE", Base64.getMimeDecoder().decode(CERTIFICATE)));

        assertThat(keys.candidates("ES256", Optional.empty())).hasSize(1);
    }

    @Test
    void readsASingleJsonWebKey() {
        assertThat(PublicKeys.parse(Tokens.jwk(rsa, "one", "")).candidates("RS256", Optional.of("one")))
                .hasSize(1);
    }

    @Test
    void heedsWhatAKeyIsMeantFor() {
        PublicKeys keys = PublicKeys.parse(Tokens.jwks(
                Tokens.jwk(rsa, "one", ",\"alg\":\"RS256\",\"use\":\"sig\""),
                Tokens.jwk(ec, "two", ",\"use\":\"enc\"")));

        assertThat(keys.size()).isEqualTo(1);
        assertThat(keys.candidates("RS256", Optional.empty())).hasSize(1);
        assertThat(keys.candidates("RS512", Optional.empty())).isEmpty();
    }

    @Test
    void leavesOutKeysItCannotUse() {
        String symmetric = "{\"kty\":\"oct\",\"kid\":\"s\",\"k\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"}";
        String unheardOf = "{\"kty\":\"quantum\",\"kid\":\"q\"}";
        PublicKeys keys = PublicKeys.parse(Tokens.jwks(symmetric, unheardOf, Tokens.jwk(rsa, "one", "")));

        assertThat(keys.size()).isEqualTo(1);
        assertThatIllegalArgumentException().isThrownBy(() -> PublicKeys.parse(Tokens.jwks(symmetric)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PublicKeys.parse(Tokens.pem(Tokens.rsa(1024).getPublic())));
    }

    @Test
    void refusesAPrivateKey() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PublicKeys.parse(
                        Tokens.pem("PRIVATE KEY", Tokens.rsa(2048).getPrivate().getEncoded())))
                .withMessageContaining("a private key has no place here");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{}",
                "{\"keys\":5}",
                "{\"keys\":[5]}",
                "{\"keys\":[]}",
                "{\"kty\":5}",
                "{\"kty\":\"RSA\",\"n\":1,\"e\":[]}",
                "{\"keys\":[{\"kty\":\"RSA\",\"n\":1,\"e\":[]}]}",
                "{\"keys\":[{\"kty\":\"RSA\",\"kid\":7,\"n\":\"AA\",\"e\":\"AA\"}]}",
                "<html></html>",
                "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----",
                "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----",
            })
    void saysInPlainWordsThatThereAreNoKeys(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PublicKeys.parse(text))
                .withMessageStartingWith("holds ");
    }

    @Property(tries = 300)
    void neverFailsOtherwise(@ForAll String text) {
        for (String candidate : new String[] {text, '{' + text, "{\"keys\":[{\"kty\":\"EC\"," + text + "}]}"}) {
            assertThatIllegalArgumentException().isThrownBy(() -> PublicKeys.parse(candidate));
        }
    }
}
