package dev.weft.http.tls;

import io.netty.handler.ssl.ReferenceCountedOpenSslEngine;
import io.netty.internal.tcnative.SSL;
import io.netty.util.NetUtil;
import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.StandardConstants;

/**
 * The name that is shown to a server before anything else (SNI). The JDK's own class takes none with an underscore, and
 * Istio's have several: {@code outbound_.9080_._.reviews.default.svc.cluster.local}.
 */
final class ServerName extends SNIServerName {
    private static final int MAX_LENGTH = 255;

    private ServerName(String ascii) {
        super(StandardConstants.SNI_HOST_NAME, ascii.getBytes(StandardCharsets.US_ASCII));
    }

    /** An IP literal is not shown: SNI has no word for it. */
    static void show(SSLEngine engine, String name) throws SSLException {
        if (NetUtil.isValidIpV4Address(name) || NetUtil.isValidIpV6Address(name)) {
            return;
        }
        String ascii = ascii(name);
        if (engine instanceof ReferenceCountedOpenSslEngine openSsl) {
            // Its SSLParameters take the JDK's class only.
            SSL.setTlsExtHostName(openSsl.sslPointer(), ascii);
        } else {
            SSLParameters parameters = engine.getSSLParameters();
            parameters.setServerNames(List.of(new ServerName(ascii)));
            engine.setSSLParameters(parameters);
        }
    }

    private static String ascii(String name) throws SSLException {
        String ascii;
        try {
            ascii = IDN.toASCII(name, IDN.ALLOW_UNASSIGNED);
        } catch (IllegalArgumentException e) {
            throw unusable(name);
        }
        boolean plain = ascii.chars().allMatch(c -> c > ' ' && c < 0x7f);
        if (!plain || ascii.isEmpty() || ascii.length() > MAX_LENGTH) {
            throw unusable(name);
        }
        return ascii;
    }

    private static SSLException unusable(String name) {
        StringBuilder shown = new StringBuilder();
        name.chars().limit(MAX_LENGTH).forEach(c -> shown.append(c > ' ' && c < 0x7f ? (char) c : '?'));
        return new SSLException("server name " + shown + " cannot be shown to the server (SNI); 1 to " + MAX_LENGTH
                + " characters of a host name were expected");
    }
}
