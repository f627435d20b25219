package dev.weft.tls;

import dev.weft.config.UpstreamTls;
import dev.weft.identity.Identity;
import dev.weft.identity.IdentitySource;
import dev.weft.runtime.World;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The certificates that one process shows to servers, and their changes. */
public final class ClientCertificates implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ClientCertificates.class);

    private final IdentitySource identity;
    private final World world;
    private final CertificateFiles files;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final Runnable unsubscribe;

    /** Said once each. */
    private final Set<UpstreamTls> warned = ConcurrentHashMap.newKeySet();

    /**
     * @param blocking where files are read
     * @param identity of this process
     */
    public ClientCertificates(World world, Executor blocking, IdentitySource identity) {
        this.world = world;
        this.identity = identity;
        files = new CertificateFiles(world, blocking, this::changed);
        unsubscribe = identity.onChange(changed -> changed());
    }

    private void changed() {
        listeners.forEach(Runnable::run);
    }

    /**
     * Runs, on whichever thread brings the change, when connections made from now on have other certificates than before.
     *
     * @return ends it
     */
    public Runnable onChange(Runnable listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /**
     * Number of the certificates that a connection made now would use; another one after each change. 0 if there are none that
     * can change.
     */
    public long epoch(@Nullable UpstreamTls tls) {
        if (tls == null) {
            return 0;
        }
        if (tls.mode() == UpstreamTls.Mode.ISTIO_MUTUAL) {
            Identity current = identity.current();
            return current == null ? 0 : current.epoch();
        }
        return tls.files().equals(UpstreamTls.Files.NONE) ? 0 : files.epoch(tls.files());
    }

    /**
     * What this setting's files hold, nothing if it has none. May read them.
     *
     * @throws SSLException naming the file that cannot be used
     */
    public Certificates read(UpstreamTls tls) throws SSLException {
        boolean fromFiles = !tls.files().equals(UpstreamTls.Files.NONE);
        Certificates loaded = fromFiles ? files.read(tls.files()) : Certificates.NONE;
        loaded.checkTimes(world.ticker().epochMillis());
        if (tls.unverified() && warned.add(tls)) {
            log.warn(
                    "servers of {} are not verified, because insecureSkipVerify says so: anybody on the way can read and change"
                            + " what is sent; give caCertificates instead",
                    tls.sni().isEmpty() ? "a DestinationRule without sni" : tls.sni());
        }
        return loaded;
    }

    @Override
    public void close() {
        unsubscribe.run();
        files.close();
    }
}
