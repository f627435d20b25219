package dev.weft.http.kit.call;

import dev.weft.Mesh;
import dev.weft.config.Cluster;
import dev.weft.config.RetryOn;
import dev.weft.http.kit.MutualTls;
import dev.weft.request.Hints;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Servers and a client of one protocol. */
public interface Protocol {

    /** What clusters say of these servers. */
    Cluster.Protocol spoken();

    /** By which word of a retry policy a call is tried again that a server has failed ({@link Wish#FAIL}). */
    RetryOn failure();

    /**
     * Starts a server of the service {@code reviews} that does as each call wishes.
     *
     * @param tls whose identity it shows and demands; null: plaintext
     */
    Served serve(String name, @Nullable MutualTls tls);

    /** A client on a mesh, which calls {@code reviews:9080}. Ends with the mesh, or with the JVM. */
    Line on(Mesh mesh);

    /** A client. */
    interface Line extends AutoCloseable {

        /** Begins a call; cancelling the future gives it up as a user of this client would. */
        CompletableFuture<Ended> begin(Wish wish, Hints hints);

        @Override
        default void close() {}
    }

    /** A server. */
    interface Served extends AutoCloseable {

        InetSocketAddress address();

        /** Calls that have come, those of retries and copies too. */
        int calls();

        /** Calls that have come and are neither answered nor given up. */
        int open();

        @Override
        void close();
    }
}
