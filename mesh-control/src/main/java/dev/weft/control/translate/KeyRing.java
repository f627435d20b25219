package dev.weft.control.translate;

import dev.weft.control.istio.IstioConfig;
import dev.weft.control.istio.RequestAuthentication.JwtRule;
import dev.weft.control.translate.inbound.KeySets;
import org.jspecify.annotations.Nullable;

/** Keys of issuers that change while the configuration stays. Safe for use from any thread. */
public interface KeyRing extends KeySets, AutoCloseable {
    /** No keys at all. */
    KeyRing EMPTY = new KeyRing() {
        @Override
        public @Nullable String of(JwtRule rule) {
            return null;
        }

        @Override
        public void follow(IstioConfig config) {}

        @Override
        public long revision() {
            return 0;
        }

        @Override
        public Runnable onChange(Runnable changed) {
            return () -> {};
        }

        @Override
        public void close() {}
    };

    /** Takes up the policies in force: keys that they name are fetched, others are forgotten. */
    void follow(IstioConfig config);

    /** Grows with each change of any keys. */
    long revision();

    /**
     * Calls {@code changed} after each change, from any thread.
     *
     * @return ends the calls
     */
    Runnable onChange(Runnable changed);

    @Override
    void close();
}
