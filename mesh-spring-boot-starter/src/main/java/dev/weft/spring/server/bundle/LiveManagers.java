package dev.weft.spring.server.bundle;

import java.security.InvalidAlgorithmParameterException;
import java.security.KeyStore;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.util.function.Supplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.KeyManagerFactorySpi;
import javax.net.ssl.ManagerFactoryParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.TrustManagerFactorySpi;
import org.jspecify.annotations.Nullable;

/** Factories, as JSSE wants them, of managers that are there already. */
final class LiveManagers {
    private static final String NAME = "weft";

    private LiveManagers() {}

    static KeyManagerFactory keys(Supplier<? extends KeyManager> manager) {
        return new Keys(manager);
    }

    static TrustManagerFactory trust(Supplier<? extends TrustManager> manager) {
        return new Trust(manager);
    }

    private static Provider provider() {
        try {
            return KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm())
                    .getProvider();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java platform offers no TLS: " + e.getMessage(), e);
        }
    }

    private static final class Keys extends KeyManagerFactory {
        Keys(Supplier<? extends KeyManager> manager) {
            super(
                    new KeyManagerFactorySpi() {
                        @Override
                        protected void engineInit(@Nullable KeyStore store, char @Nullable [] password) {}

                        @Override
                        protected void engineInit(@Nullable ManagerFactoryParameters parameters)
                                throws InvalidAlgorithmParameterException {
                            throw new InvalidAlgorithmParameterException("the mesh's keys take no parameters");
                        }

                        @Override
                        protected KeyManager[] engineGetKeyManagers() {
                            return new KeyManager[] {manager.get()};
                        }
                    },
                    provider(),
                    NAME);
        }
    }

    private static final class Trust extends TrustManagerFactory {
        Trust(Supplier<? extends TrustManager> manager) {
            super(
                    new TrustManagerFactorySpi() {
                        @Override
                        protected void engineInit(@Nullable KeyStore store) {}

                        @Override
                        protected void engineInit(@Nullable ManagerFactoryParameters parameters)
                                throws InvalidAlgorithmParameterException {
                            throw new InvalidAlgorithmParameterException("the mesh's trust takes no parameters");
                        }

                        @Override
                        protected TrustManager[] engineGetTrustManagers() {
                            return new TrustManager[] {manager.get()};
                        }
                    },
                    provider(),
                    NAME);
        }
    }
}
