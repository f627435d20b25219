package dev.weft.http.guard;

import dev.weft.Mesh;
import java.net.InetSocketAddress;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** A guarded server with handlers for {@code /admin}, {@code /public} and everything else, chosen by the server's own means. */
public interface Site extends AutoCloseable {

    /** Starts one; a server with one port for both has the same address twice. */
    interface Starter {
        Site start(Mesh mesh, Handlers handlers) throws Exception;
    }

    InetSocketAddress plaintext();

    /** Where mutual TLS is spoken. */
    InetSocketAddress tls();

    @Override
    void close() throws Exception;

    /** What the handlers saw, in order. */
    final class Handlers {
        public final BlockingQueue<Reached> reached = new LinkedBlockingQueue<>();

        public String handle(Reached request) {
            reached.add(request);
            return request.text();
        }
    }
}
