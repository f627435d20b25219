package dev.weft.tls;

import dev.weft.config.UpstreamTls;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * A transport's contexts, one for each setting in use.
 *
 * @param <C> what encrypts connections there
 */
public final class ClientContexts<C> {
    private final ClientCertificates certificates;
    private final Maker<C> maker;

    /** As long as a connection uses it: the identities that a cluster allows change with its workloads, and what is unused must go. */
    private final ConcurrentHashMap<Setting, WeakReference<C>> contexts = new ConcurrentHashMap<>();

    public ClientContexts(ClientCertificates certificates, Maker<C> maker) {
        this.certificates = certificates;
        this.maker = maker;
    }

    /** Makes a context. */
    @FunctionalInterface
    public interface Maker<C> {

        /**
         * @param alpn to offer, in order
         * @param loaded from the setting's files
         */
        C make(UpstreamTls tls, List<String> alpn, Certificates loaded) throws SSLException;
    }

    private record Setting(UpstreamTls tls, List<String> alpn, long fileEpoch) {}

    /**
     * What encrypts connections of this setting, made now. May read files.
     *
     * @param alpn to offer, in order
     * @throws SSLException naming the file that cannot be used
     */
    public C context(UpstreamTls tls, List<String> alpn) throws SSLException {
        Certificates loaded = certificates.read(tls);
        Setting setting = new Setting(tls, alpn, loaded.epoch());
        C context = known(setting);
        if (context != null) {
            return context;
        }
        C made = maker.make(tls, alpn, loaded);
        contexts.values().removeIf(reference -> reference.get() == null);
        contexts.put(setting, new WeakReference<>(made));
        return made;
    }

    private @Nullable C known(Setting setting) {
        WeakReference<C> reference = contexts.get(setting);
        return reference == null ? null : reference.get();
    }
}
