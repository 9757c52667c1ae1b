package app.realtime.tls;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/** The certificates of a PEM text, the service's own first, each followed by that of its issuer. */
final class CertificateChain {

    private CertificateChain() {}

    static List<X509Certificate> parse(String text) throws TlsFileException {
        List<X509Certificate> chain = new ArrayList<>();
        for (PemBlocks.Block block : PemBlocks.of(text)) {
            if (block.label().equals("CERTIFICATE")) {
                chain.add(decode(block, chain.size() + 1));
            }
        }
        if (chain.isEmpty()) {
            throw new TlsFileException(TlsFile.CERTIFICATE, "names a file without a certificate in PEM form");
        }
        for (int i = 1; i < chain.size(); i++) {
            if (!chain.get(i - 1).getIssuerX500Principal().equals(chain.get(i).getSubjectX500Principal())) {
                throw new TlsFileException(
                        TlsFile.CERTIFICATE,
                        "names a file whose certificates are out of order: number " + (i + 1)
                                + " is not that of the issuer of number " + i);
            }
        }
        return List.copyOf(chain);
    }

    private static X509Certificate decode(PemBlocks.Block block, int number) throws TlsFileException {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(block.der()));
        } catch (CertificateException | IllegalArgumentException e) {
            throw new TlsFileException(
                    TlsFile.CERTIFICATE, "names a file whose certificate number " + number + " is damaged", e);
        }
    }
}
