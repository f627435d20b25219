package dev.weft.tls;

import dev.weft.config.Cidr;
import java.io.IOException;
import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.StandardConstants;
import org.jspecify.annotations.Nullable;

/**
 * The name that is shown to a server before anything else (SNI). The JDK's own class takes none with an underscore, and
 * Istio's have several: {@code outbound_.9080_._.reviews.default.svc.cluster.local}.
 */
public final class ServerName extends SNIServerName {
    private static final int MAX_LENGTH = 255;

    private final String ascii;

    private ServerName(String ascii) {
        super(StandardConstants.SNI_HOST_NAME, ascii.getBytes(StandardCharsets.US_ASCII));
        this.ascii = ascii;
    }

    /**
     * Of a server's host name.
     *
     * @return null for an IP literal: SNI has no word for it
     * @throws SSLException if the name cannot be sent
     */
    public static @Nullable ServerName of(String name) throws SSLException {
        if (isLiteral(name)) {
            return null;
        }
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
        return new ServerName(ascii);
    }

    /** With or without brackets and scope. */
    private static boolean isLiteral(String name) {
        boolean bracketed = name.startsWith("[") && name.endsWith("]");
        String bare = bracketed ? name.substring(1, name.length() - 1) : name;
        int scope = bare.indexOf(':') < 0 ? -1 : bare.indexOf('%');
        return Cidr.literal(scope < 0 ? bare : bare.substring(0, scope)) != null;
    }

    /** As it goes over the wire. */
    public String ascii() {
        return ascii;
    }

    /** Shows it by an engine of the JDK's; one of OpenSSL's takes the JDK's own class only. */
    public void showBy(SSLEngine engine) {
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setServerNames(List.of(this));
        engine.setSSLParameters(parameters);
    }

    /**
     * Whether a handshake may have ended because the server's TLS cannot read the name it was shown. The JDK's takes no underscores,
     * so that a server on it refuses every name that Istio makes, by an alert or (HttpsServer) without a word; what it proves
     * about itself does not depend on the name.
     */
    public static boolean wasUnreadable(String name, Throwable failure) {
        if (name.indexOf('_') < 0) {
            return false;
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
            boolean closed = cause instanceof IOException && !(cause instanceof SSLException);
            if (closed || message.contains("illegal_parameter") || message.contains("connection closed")) {
                return true;
            }
        }
        return false;
    }

    private static SSLException unusable(String name) {
        StringBuilder shown = new StringBuilder();
        name.chars().limit(MAX_LENGTH).forEach(c -> shown.append(c > ' ' && c < 0x7f ? (char) c : '?'));
        return new SSLException("server name " + shown + " cannot be shown to the server (SNI); 1 to " + MAX_LENGTH
                + " characters of a host name were expected");
    }
}
