package dev.weft.grpc.link;

import dev.weft.config.UpstreamTls;
import org.jspecify.annotations.Nullable;

/**
 * What the negotiator of a transport encrypts with, as far as the choice of connections depends on it. Implementations are safe for use
 * from any thread and do not block: they are asked with every attempt.
 */
public interface LinkTls {

    /**
     * Number of the certificates that a connection made now would use; another one after each change. 0 if there are none that can
     * change.
     *
     * @param tls null: plaintext
     */
    long epoch(@Nullable UpstreamTls tls);

    /**
     * Runs the listener, on whichever thread brings the change, when connections made from now on have other certificates than before.
     *
     * @return stops that
     */
    Runnable onChange(Runnable listener);
}
