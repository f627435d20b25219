package dev.weft.tls;

import dev.weft.config.UpstreamTls;
import dev.weft.config.UpstreamTls.Mode;
import java.util.List;

/** The names of protocols in the handshake. Istio's sidecars choose how to treat a connection by them. */
public final class Alpn {
    private static final List<String> HTTP1 = List.of("http/1.1");
    private static final List<String> HTTP2 = List.of("h2");
    private static final List<String> EITHER = List.of("h2", "http/1.1");
    private static final List<String> ISTIO_HTTP1 = List.of("istio-http/1.1", "istio", "http/1.1");
    private static final List<String> ISTIO_HTTP2 = List.of("istio-h2", "istio", "h2");
    private static final List<String> ISTIO_EITHER = List.of("istio-h2", "istio-http/1.1", "istio", "h2", "http/1.1");

    private Alpn() {}

    /**
     * What to offer: the configuration's list without what would not be spoken, else what fits.
     *
     * @param http1 HTTP/1.1 may be spoken
     * @param http2 HTTP/2 may be spoken; one of both is true
     */
    public static List<String> offer(UpstreamTls tls, boolean http1, boolean http2) {
        List<String> said = tls.alpn().stream()
                .filter(name -> !isHttp1(name) || http1)
                .filter(name -> !isHttp2(name) || http2)
                .toList();
        if (!said.isEmpty()) {
            return said;
        }
        boolean istio = tls.mode() == Mode.ISTIO_MUTUAL;
        if (http1 && http2) {
            return istio ? ISTIO_EITHER : EITHER;
        }
        if (http2) {
            return istio ? ISTIO_HTTP2 : HTTP2;
        }
        return istio ? ISTIO_HTTP1 : HTTP1;
    }

    /** Whether HTTP/1.1 is not among what is offered. */
    public static boolean isHttp2Alone(List<String> offered) {
        return offered.stream().noneMatch(Alpn::isHttp1);
    }

    /** {@code h2}, or Istio's name for it. */
    public static boolean isHttp2(String name) {
        return name.equals("h2") || name.equals("istio-h2");
    }

    private static boolean isHttp1(String name) {
        return name.startsWith("http/1.") || name.startsWith("istio-http/1.");
    }
}
