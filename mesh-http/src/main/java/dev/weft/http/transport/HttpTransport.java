package dev.weft.http.transport;

import dev.weft.engine.Attempt.Failure;
import dev.weft.http.tls.ContextMaker;
import dev.weft.identity.IdentitySource;
import dev.weft.runtime.World;
import dev.weft.tls.ClientCertificates;
import dev.weft.tls.ClientContexts;
import dev.weft.tls.JvmTrust;
import java.util.concurrent.Executor;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * The default transport: event loops, pools and the threads for blocking work. One per mesh. All methods may be called from
 * any thread.
 */
public final class HttpTransport implements AutoCloseable {
    private final EventLoops loops;
    private final Executor blocking;
    private final Connector connector;
    private final Pools pools;
    private final ClientCertificates certificates;

    // Written by close(), read by send().
    private volatile boolean closed;

    /**
     * Starts it.
     *
     * @param world measures how long connections are idle, and tells when a certificate ends
     * @param identity presented to servers of the mesh
     */
    public HttpTransport(World world, IdentitySource identity) {
        this(world, identity, null);
    }

    /** @param trust whom to trust as a server outside of the mesh; null: what the JDK trusts */
    HttpTransport(World world, IdentitySource identity, @Nullable TrustManagerFactory trust) {
        loops = EventLoops.start();
        blocking = Blocking.start();
        certificates = new ClientCertificates(world, blocking, identity);
        ContextMaker maker = new ContextMaker(identity, world.ticker(), new JvmTrust(trust));
        connector = new Connector(loops, blocking, world, new ClientContexts<>(certificates, maker));
        pools = new Pools(connector, certificates);
    }

    /**
     * Begins a transfer; its listener hears the rest, possibly before this returns.
     *
     * @throws IllegalArgumentException if the head holds what cannot be sent
     */
    public void send(Transfer transfer) {
        HeadRules.check(transfer.head);
        if (closed) {
            transfer.listener.failed(Failure.CONNECT, new ConnectionFailure(Failure.CONNECT, "the mesh is closed"));
        } else {
            pools.send(transfer);
        }
    }

    /** Where user code and blocking work run. */
    public Executor blocking() {
        return blocking;
    }

    /** Connections that are open or being opened. */
    public int connections() {
        return pools.connections();
    }

    /** Transfers that wait for a connection. */
    public int waiting() {
        return pools.waiting();
    }

    /** Pools that take transfers: one for each host in use, whatever the number of its connections. */
    int pools() {
        return pools.size();
    }

    /** Ends all connections; transfers under way fail. */
    @Override
    public void close() {
        closed = true;
        certificates.close();
        connector.close();
        loops.close(() -> blocking.execute(pools::end));
        // The threads for blocking work end by themselves when they have had nothing to do: what was begun may still
        // need them.
    }
}
