package app.realtime.contract;

import app.realtime.tls.TestCertificates.Made;
import io.socket.client.IO;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.OkHttpClient;

/** Clients that trust these certificates and no others, and check the host's name. Safe to use from any thread. */
public final class SecureClients {

    private final SSLContext context;
    private final X509TrustManager trust;
    private final OkHttpClient official;

    public SecureClients(Made... trusted) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            for (Made made : trusted) {
                store.setCertificateEntry(
                        "trusted-" + store.size(), made.chain().get(0));
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            trust = (X509TrustManager) factory.getTrustManagers()[0];
            context = SSLContext.getInstance("TLS");
            context.init(null, factory.getTrustManagers(), null);
            official = new OkHttpClient.Builder()
                    .sslSocketFactory(context.getSocketFactory(), trust)
                    .build();
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Of the JDK; it would speak HTTP/2 if the server did. */
    public HttpClient http() {
        return HttpClient.newBuilder().sslContext(context).build();
    }

    /** An option of the official Java client. */
    Consumer<IO.Options> trusting() {
        return options -> {
            options.callFactory = official;
            options.webSocketFactory = official;
        };
    }

    /** Does one handshake. @return the certificate that the server presents now */
    X509Certificate presented(int port, String... protocols) {
        try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("localhost", port)) {
            if (protocols.length > 0) {
                socket.setEnabledProtocols(protocols);
            }
            socket.startHandshake();
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An Engine.IO session on a websocket that answers pings. */
    RawWebSocket webSocket(int port) {
        return RawWebSocket.open(http(), endpoint(port), true, packet -> false);
    }

    /** One that leaves pings to the test. */
    RawWebSocket silentWebSocket(int port) {
        return RawWebSocket.open(http(), endpoint(port), false, packet -> false);
    }

    private static URI endpoint(int port) {
        return URI.create("wss://localhost:" + port + "/socket.io/");
    }
}
