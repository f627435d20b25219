package dev.weft.tls;

/**
 * Until when a connection may be used, in milliseconds since the Unix epoch.
 *
 * @param own end of our certificate: the connection ends then, whatever it carries
 * @param peer end of the server's: no request begins after it
 */
public record Proof(long own, long peer) {
    public static final Proof WITHOUT_END = new Proof(Long.MAX_VALUE, Long.MAX_VALUE);
}
