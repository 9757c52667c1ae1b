package app.realtime.contract;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.ByteBuffer;

/** The first message of TLS by hand, for versions that a JDK does not speak any more (RFC 5246, 7.4.1.2). */
final class ClientHello {

    static final int TLS_1_1 = 0x0302;
    static final int TLS_1_2 = 0x0303;

    /** TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256 and the same for RSA, and suites with CBC and SHA-1, which the old versions have. */
    private static final short[] SUITES = {
        (short) 0xc02b, (short) 0xc02f, (short) 0xc009, (short) 0xc00a, (short) 0xc013, (short) 0xc014, 0x002f, 0x0035
    };

    /**
     * Named groups secp256r1 and secp384r1; uncompressed points; ecdsa_secp256r1_sha256, ecdsa_secp384r1_sha384,
     * rsa_pss_rsae_sha256, rsa_pkcs1_sha256.
     */
    private static final byte[] EXTENSIONS = {
        0, 10, 0, 6, 0, 4, 0, 23, 0, 24, 0, 11, 0, 2, 1, 0, 0, 13, 0, 10, 0, 8, 4, 3, 5, 3, 8, 4, 4, 1
    };

    /** Liberty ends the connection without the alert that JSSE has for it. */
    static final String REFUSAL = "nothing";

    static final String SERVER_HELLO = "handshake message 2";

    private static final int HANDSHAKE = 22;
    private static final int ALERT = 21;

    private ClientHello() {}

    /** Offers one version. @return what the server says to it */
    static String offer(int port, int version) {
        int body = 2 + 32 + 1 + 2 + 2 * SUITES.length + 2 + 2 + EXTENSIONS.length;
        ByteBuffer hello = ByteBuffer.allocate(5 + 4 + body);
        hello.put((byte) HANDSHAKE).putShort((short) 0x0301).putShort((short) (4 + body));
        hello.put((byte) 1).put((byte) 0).putShort((short) body).putShort((short) version);
        hello.put(new byte[32]).put((byte) 0).putShort((short) (2 * SUITES.length));
        for (short suite : SUITES) {
            hello.putShort(suite);
        }
        hello.put(new byte[] {1, 0}).putShort((short) EXTENSIONS.length).put(EXTENSIONS);
        try (Socket socket = new Socket("localhost", port)) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(hello.array());
            DataInputStream in = new DataInputStream(socket.getInputStream());
            int type = in.read();
            if (type < 0) {
                return REFUSAL;
            }
            in.skipNBytes(4);
            return switch (type) {
                case HANDSHAKE -> "handshake message " + in.readUnsignedByte();
                case ALERT -> "alert " + in.readUnsignedByte() + '/' + in.readUnsignedByte();
                default -> "record of type " + type;
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
