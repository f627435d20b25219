package dev.weft.grpc.bridge;

import dev.weft.identity.Identity;
import dev.weft.identity.IdentitySource;
import io.grpc.SynchronizationContext;
import io.grpc.xds.internal.security.certprovider.CertificateProvider;
import io.grpc.xds.internal.security.certprovider.CertificateProvider.DistributorWatcher;
import io.grpc.xds.internal.security.certprovider.CertificateProviderProvider;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Certificates for grpc-xds from the mesh's identity, in memory. Key and roots are told together at each change, so that no TLS context
 * is made of one of yesterday and one of today. Safe for use from any thread; no lock is held while grpc-xds is told.
 */
final class BridgeCertificates implements CertificateProviderProvider {
    private static final Logger log = LoggerFactory.getLogger(MeshXdsBridge.class);

    /** The name of the instance in resources from the control plane. */
    static final String INSTANCE = "default";

    static final String PLUGIN = "weft-mesh";

    private static final Set<Provider> PROVIDERS = new CopyOnWriteArraySet<>();

    /** Written when a bridge comes and goes, read by the providers. */
    private static volatile @Nullable IdentitySource source;

    /** Uses this identity for connections from now on; the result ends that. */
    static Runnable follow(IdentitySource identities) {
        source = identities;
        Runnable end = identities.onChange(identity -> PROVIDERS.forEach(Provider::refresh));
        PROVIDERS.forEach(Provider::refresh);
        return () -> {
            end.run();
            if (source == identities) {
                source = null;
            }
        };
    }

    @Override
    public String getName() {
        return PLUGIN;
    }

    @Override
    public CertificateProvider createCertificateProvider(
            Object config, DistributorWatcher watcher, boolean notifyCertUpdates) {
        return new Provider(watcher, notifyCertUpdates);
    }

    private static final class Provider extends CertificateProvider {
        private final SynchronizationContext inTurn = new SynchronizationContext(
                (thread, failure) -> log.warn("grpc-xds failed at a change of the identity", failure));

        /** Only in turn. */
        private @Nullable Identity told;

        Provider(DistributorWatcher watcher, boolean notifyCertUpdates) {
            super(watcher, notifyCertUpdates);
        }

        @Override
        public void start() {
            PROVIDERS.add(this);
            refresh();
        }

        void refresh() {
            inTurn.execute(this::tell);
        }

        private void tell() {
            IdentitySource from = source;
            Identity now = from == null ? null : from.current();
            if (now == null && told == null) {
                // Not an error for grpc-xds, which would forget the connections that wait for what is to come.
                log.warn("connections of grpc-xds with mutual TLS wait for an identity{}", missing(from));
            }
            if (now == null || now == told) {
                return;
            }
            told = now;
            if (isNotifyCertUpdates()) {
                getWatcher().updateCertificate(now.svid().key(), now.svid().chain());
            }
            getWatcher().updateSpiffeTrustMap(now.bundle().rootsByTrustDomain());
        }

        private static String missing(@Nullable IdentitySource from) {
            String why = from == null ? "no mesh is installed" : from.trouble();
            return why.isEmpty() ? "" : ": " + why;
        }

        @Override
        public void close() {
            PROVIDERS.remove(this);
        }
    }
}
