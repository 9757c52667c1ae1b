package app.realtime.chaos;

import app.realtime.run.KafkaBrokerProcess;
import app.realtime.run.Ports;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A listener with TLS and passwords: what the broker needs for it, and what the service does. Immutable. */
final class SecureListener {

    private static final String STORE_PASSWORD = "chaos-store-password";

    private final int port = Ports.free(1)[0];
    private final Path keys;
    private final Path trusted;

    /** Makes a certificate for this machine, with the JDK's own tool. */
    SecureListener(Path directory) throws IOException, InterruptedException {
        keys = directory.resolve("broker.p12");
        trusted = directory.resolve("broker.pem");
        keytool(
                "-genkeypair",
                "-alias",
                "broker",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "SAN=dns:localhost");
        keytool("-exportcert", "-alias", "broker", "-rfc", "-file", trusted.toString());
    }

    /** The broker's side, with the password that it takes. */
    KafkaBrokerProcess.Listener expecting(String password) {
        return new KafkaBrokerProcess.Listener(
                port,
                port,
                "SASL_SSL",
                Map.of(
                        "listener.name.second.sasl.enabled.mechanisms",
                        "PLAIN",
                        "listener.name.second.plain.sasl.jaas.config",
                        "org.apache.kafka.common.security.plain.PlainLoginModule required user_realtime=\"" + password
                                + "\";",
                        "listener.name.second.ssl.keystore.location",
                        keys.toString(),
                        "listener.name.second.ssl.keystore.type",
                        "PKCS12",
                        "listener.name.second.ssl.keystore.password",
                        STORE_PASSWORD));
    }

    String address() {
        return "localhost:" + port;
    }

    /** The service's side. */
    Map<String, String> clientWith(String password) {
        return Map.of(
                "KAFKA_SECURITY_PROTOCOL", "SASL_SSL",
                "KAFKA_SASL_MECHANISM", "PLAIN",
                "KAFKA_SASL_JAAS_CONFIG",
                        "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"realtime\" password=\""
                                + password + "\";",
                "KAFKA_SSL_TRUSTSTORE_TYPE", "PEM",
                "KAFKA_SSL_TRUSTSTORE_LOCATION", trusted.toString());
    }

    String storePassword() {
        return STORE_PASSWORD;
    }

    private void keytool(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("-keystore", keys.toString(), "-storetype", "PKCS12", "-storepass", STORE_PASSWORD));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes());
        if (process.waitFor() != 0) {
            throw new IOException("keytool failed: " + output);
        }
    }
}
