package dev.weft.http.tls;

import dev.weft.config.UpstreamTls;
import dev.weft.identity.Identity;
import dev.weft.identity.IdentitySource;
import dev.weft.runtime.World;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All encryption towards servers in one mesh. Safe for use from any thread. */
public final class ClientTls implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ClientTls.class);

    private final IdentitySource identity;
    private final World world;
    private final ContextMaker maker;
    private final CertificateFiles files;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final Runnable unsubscribe;

    /** As long as a pool uses it: the identities that a cluster allows change with its workloads, and what is unused must go. */
    private final ConcurrentHashMap<Setting, WeakReference<ClientContext>> contexts = new ConcurrentHashMap<>();

    /** Said once each. */
    private final Set<UpstreamTls> warned = ConcurrentHashMap.newKeySet();

    /**
     * @param blocking where files are read
     * @param identity of this process
     * @param trust whom to believe where neither mesh nor files say it; null: what the JVM trusts
     */
    public ClientTls(World world, Executor blocking, IdentitySource identity, @Nullable TrustManagerFactory trust) {
        this.world = world;
        this.identity = identity;
        maker = new ContextMaker(identity, world.ticker(), trust);
        files = new CertificateFiles(world, blocking, this::changed);
        unsubscribe = identity.onChange(changed -> changed());
    }

    private record Setting(UpstreamTls tls, List<String> alpn, long fileEpoch) {}

    private void changed() {
        listeners.forEach(Runnable::run);
    }

    /** Runs, on whichever thread brings the change, when connections made from now on have other certificates than before. */
    public void onChange(Runnable listener) {
        listeners.add(listener);
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
     * What encrypts connections of this setting, made now. May read files.
     *
     * @param alpn to offer, in order
     * @throws SSLException naming the file that cannot be used
     */
    public ClientContext context(UpstreamTls tls, List<String> alpn) throws SSLException {
        boolean fromFiles = !tls.files().equals(UpstreamTls.Files.NONE);
        Certificates loaded = fromFiles ? files.read(tls.files()) : Certificates.NONE;
        loaded.checkTimes(world.ticker().epochMillis());
        Setting setting = new Setting(tls, alpn, loaded.epoch());
        ClientContext context = known(setting);
        if (context != null) {
            return context;
        }
        if (tls.unverified() && warned.add(tls)) {
            log.warn(
                    "servers of {} are not verified, because insecureSkipVerify says so: anybody on the way can read and change"
                            + " what is sent; give caCertificates instead",
                    tls.sni().isEmpty() ? "a DestinationRule without sni" : tls.sni());
        }
        ClientContext made = maker.make(tls, alpn, loaded);
        contexts.values().removeIf(reference -> reference.get() == null);
        contexts.put(setting, new WeakReference<>(made));
        return made;
    }

    private @Nullable ClientContext known(Setting setting) {
        WeakReference<ClientContext> reference = contexts.get(setting);
        return reference == null ? null : reference.get();
    }

    @Override
    public void close() {
        unsubscribe.run();
        files.close();
    }
}
