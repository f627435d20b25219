package dev.weft.control.ca;

import dev.weft.control.access.RefusedException;
import dev.weft.identity.HeldIdentity;
import dev.weft.identity.Identity;
import dev.weft.identity.IdentitySource;
import dev.weft.identity.SpiffeId;
import dev.weft.identity.Svid;
import dev.weft.identity.TrustBundle;
import dev.weft.runtime.Timer;
import dev.weft.runtime.World;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The control plane's own certificate and the roots by which it judges its clients. Renewed at half of its life, and at once when the
 * roots change; handshakes read what is current, so that no port is opened anew and no connection is lost. Thread-safe.
 */
public final class ServerIdentity implements IdentitySource, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ServerIdentity.class);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(30);

    private final CertificateAuthority authority;
    private final SpiffeId id;
    private final List<String> names;
    private final Collection<String> aliases;
    private final World world;
    private final HeldIdentity held = new HeldIdentity();
    private final Runnable unsubscribe;

    // Guarded by this.
    private long epoch;
    private Timer.@Nullable Handle next;
    private boolean closed;

    private ServerIdentity(
            CertificateAuthority authority, SpiffeId id, List<String> names, Collection<String> aliases, World world) {
        this.authority = authority;
        this.id = id;
        this.names = List.copyOf(names);
        this.aliases = List.copyOf(aliases);
        this.world = world;
        this.unsubscribe = authority.onRootsChange(this::renew);
    }

    /**
     * Begins with a first certificate.
     *
     * @param id of the control plane
     * @param names DNS names and IP addresses by which clients call it
     * @param aliases further trust domains whose certificates lead to the same roots
     * @throws RefusedException if the authority cannot sign
     */
    public static ServerIdentity start(
            CertificateAuthority authority, SpiffeId id, List<String> names, Collection<String> aliases, World world)
            throws RefusedException {
        ServerIdentity identity = new ServerIdentity(authority, id, names, aliases, world);
        identity.issue();
        return identity;
    }

    /** Never null: there is an identity from the start on. */
    @Override
    public @Nullable Identity current() {
        return held.current();
    }

    /** The roots of the moment. */
    public TrustBundle bundle() {
        Identity now = held.current();
        if (now == null) {
            throw new IllegalStateException("not started");
        }
        return now.bundle();
    }

    @Override
    public Runnable onChange(Consumer<Identity> listener) {
        return held.onChange(listener);
    }

    private void renew() {
        try {
            issue();
        } catch (RefusedException | RuntimeException e) {
            log.error(
                    "the control plane's own certificate cannot be renewed: {}; tried again in {}. When it ends, clients"
                            + " cannot connect any more",
                    e.getMessage(),
                    AFTER_FAILURE);
            schedule(AFTER_FAILURE);
        }
    }

    private synchronized void issue() throws RefusedException {
        if (closed) {
            return;
        }
        Svid svid = authority.serverCredential(id, names);
        Map<String, List<java.security.cert.X509Certificate>> roots = new LinkedHashMap<>();
        roots.put(authority.trustDomain(), authority.trustBundle());
        aliases.forEach(alias -> roots.put(alias, authority.trustBundle()));
        held.set(new Identity(svid, new TrustBundle(roots), ++epoch));
        Instant now = Instant.ofEpochMilli(world.ticker().epochMillis());
        schedule(Duration.between(now, svid.expiry()).dividedBy(2));
    }

    private synchronized void schedule(Duration delay) {
        if (next != null) {
            next.cancel();
        }
        if (!closed) {
            next = world.timer()
                    .schedule(Math.max(delay.toNanos(), Duration.ofSeconds(1).toNanos()), this::renew);
        }
    }

    /** No more renewals; what is current stays so until it ends. */
    @Override
    public synchronized void close() {
        closed = true;
        unsubscribe.run();
        if (next != null) {
            next.cancel();
        }
    }
}
