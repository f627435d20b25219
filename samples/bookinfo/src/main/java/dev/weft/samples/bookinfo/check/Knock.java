package dev.weft.samples.bookinfo.check;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** Somebody who is not of the mesh at a service's port: without TLS, and with TLS but without a certificate. */
final class Knock {
    private static final int PATIENCE_MILLIS = 5_000;
    private static final byte[] REQUEST =
            "GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private Knock() {}

    /**
     * What the port showed and said.
     *
     * @param certificate that the server showed; empty in plaintext
     * @param answer first bytes of the answer; empty if the connection was closed without one
     */
    record Reaction(Optional<X509Certificate> certificate, String answer) {
        boolean isHttp() {
            return answer.startsWith("HTTP/");
        }

        /** The URI name in the certificate. */
        String identity() {
            return certificate.map(Reaction::uriName).orElse("");
        }

        String serial() {
            return certificate
                    .map(shown -> shown.getSerialNumber().toString(16))
                    .orElse("");
        }

        private static String uriName(X509Certificate certificate) {
            try {
                Collection<List<?>> names = certificate.getSubjectAlternativeNames();
                return names == null
                        ? ""
                        : names.stream()
                                .filter(name -> name.get(0).equals(6))
                                .map(name -> String.valueOf(name.get(1)))
                                .findFirst()
                                .orElse("");
            } catch (GeneralSecurityException e) {
                return "";
            }
        }
    }

    /** A request as any program would send it. */
    static Reaction inPlaintext(int port) throws IOException {
        try (Socket socket = connected(new Socket(), port)) {
            return new Reaction(Optional.empty(), answerOn(socket));
        }
    }

    /**
     * A request over TLS by somebody without a certificate.
     *
     * @param roots of the mesh, in PEM: what the server shows has to lead there
     */
    static Reaction withoutCertificate(int port, Path roots) throws IOException {
        try (SSLSocket socket =
                (SSLSocket) connected(context(roots).getSocketFactory().createSocket(), port)) {
            socket.startHandshake();
            Certificate shown = socket.getSession().getPeerCertificates()[0];
            return new Reaction(Optional.of((X509Certificate) shown), answerOn(socket));
        }
    }

    private static Socket connected(Socket socket, int port) throws IOException {
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
        return socket;
    }

    private static String answerOn(Socket socket) {
        try {
            socket.getOutputStream().write(REQUEST);
            InputStream in = socket.getInputStream();
            return new String(in.readNBytes(12), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return ""; // an alert, a reset, or silence for five seconds
        }
    }

    private static SSLContext context(Path roots) throws IOException {
        try (InputStream pem = Files.newInputStream(roots)) {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (Certificate root : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
                store.setCertificateEntry("root-" + store.size(), root);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("cannot use the roots in " + roots, e);
        }
    }
}
