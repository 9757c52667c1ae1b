package app.realtime.tls;

import java.nio.ByteBuffer;
import java.security.PublicKey;
import java.util.Arrays;

/**
 * PKCS #8 (RFC 5208), the only form of a private key that Java reads, around one of the older forms. They lack the key's
 * algorithm, and an EC key may lack its curve; the public key has both.
 */
final class Pkcs8 {

    private static final int SEQUENCE = 0x30;
    private static final int OCTET_STRING = 0x04;
    private static final byte[] VERSION = {0x02, 0x01, 0x00};
    private static final int LONG_LENGTH = 0x80;

    private Pkcs8() {}

    /** @param key the DER form of an RSAPrivateKey (RFC 8017) or ECPrivateKey (RFC 5915) */
    static byte[] wrap(byte[] key, PublicKey publicKey) {
        return element(SEQUENCE, VERSION, algorithm(publicKey), element(OCTET_STRING, key));
    }

    /** The first element of a SubjectPublicKeyInfo (RFC 5280, 4.1), as it is. */
    private static byte[] algorithm(PublicKey publicKey) {
        byte[] info = publicKey.getEncoded();
        int begin = contentBegin(info, 0);
        return Arrays.copyOfRange(info, begin, contentBegin(info, begin) + contentLength(info, begin));
    }

    private static int contentBegin(byte[] der, int element) {
        int length = der[element + 1] & 0xff;
        return element + 2 + (length < LONG_LENGTH ? 0 : length - LONG_LENGTH);
    }

    private static int contentLength(byte[] der, int element) {
        int length = der[element + 1] & 0xff;
        if (length < LONG_LENGTH) {
            return length;
        }
        int value = 0;
        for (int i = element + 2; i < contentBegin(der, element); i++) {
            value = value << 8 | der[i] & 0xff;
        }
        return value;
    }

    private static byte[] element(int tag, byte[]... parts) {
        int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
        ByteBuffer der = ByteBuffer.allocate(length + 6).put((byte) tag);
        if (length < LONG_LENGTH) {
            der.put((byte) length);
        } else {
            // DER asks for the shortest form.
            int bytes = (Integer.SIZE - Integer.numberOfLeadingZeros(length) + 7) / 8;
            der.put((byte) (LONG_LENGTH + bytes));
            for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
                der.put((byte) (length >> shift));
            }
        }
        for (byte[] part : parts) {
            der.put(part);
        }
        return Arrays.copyOf(der.array(), der.position());
    }
}
