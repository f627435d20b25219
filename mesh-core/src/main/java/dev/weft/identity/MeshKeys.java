package dev.weft.identity;

import dev.weft.runtime.Ticker;
import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayDeque;
import java.util.Deque;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows the certificate that is current at each handshake; for JSSE and for Netty with either of its TLS providers. Without an
 * identity, or with an expired one, it shows none, and one warning says why; the handshake then fails wherever a
 * certificate is demanded.
 *
 * <p>A transport asks three times: for an alias, for its key, for its chain. An alias names the epoch, and the last few
 * identities stay at hand, so that a rotation in between gives no key of one and chain of another.
 */
public final class MeshKeys extends X509ExtendedKeyManager {
    private static final Logger log = LoggerFactory.getLogger(MeshKeys.class);
    private static final String PREFIX = "weft-";
    /** As many rotations may pass between the questions of one handshake. */
    private static final int KEPT = 4;

    private final IdentitySource source;
    private final Ticker ticker;

    /** Newest first; guarded by itself. Handshakes write and read it, which are far from the request path. */
    private final Deque<Identity> chosen = new ArrayDeque<>();

    /** What was warned about last; written and read by handshakes, where a race costs one more line. */
    private volatile @Nullable String warned;

    private MeshKeys(IdentitySource source, Ticker ticker) {
        this.source = source;
        this.ticker = ticker;
    }

    /** By the machine's clock. */
    public static X509ExtendedKeyManager of(IdentitySource source) {
        return of(source, Ticker.system());
    }

    /** By this clock. */
    public static X509ExtendedKeyManager of(IdentitySource source, Ticker ticker) {
        return new MeshKeys(source, ticker);
    }

    private @Nullable String choose(String @Nullable ... keyTypes) {
        Identity identity = source.current();
        String problem = OwnIdentity.problem(identity, ticker.epochMillis());
        if (identity == null || problem != null) {
            warnOnce(identity, problem);
            return null;
        }
        String algorithm = identity.svid().key().getAlgorithm();
        if (keyTypes != null) {
            for (String type : keyTypes) {
                if (algorithm.equals(type)) {
                    remember(identity);
                    return PREFIX + identity.epoch();
                }
            }
        }
        return null;
    }

    private void warnOnce(@Nullable Identity identity, @Nullable String problem) {
        String subject = identity == null ? "none" : PREFIX + identity.epoch();
        if (!subject.equals(warned)) {
            warned = subject;
            log.warn("TLS handshakes are refused: {}; {}", problem, OwnIdentity.TODO);
        }
    }

    private void remember(Identity identity) {
        synchronized (chosen) {
            if (chosen.stream().noneMatch(known -> known.epoch() == identity.epoch())) {
                chosen.addFirst(identity);
                if (chosen.size() > KEPT) {
                    chosen.removeLast();
                }
            }
        }
    }

    private @Nullable Svid svid(@Nullable String alias) {
        synchronized (chosen) {
            for (Identity identity : chosen) {
                if ((PREFIX + identity.epoch()).equals(alias)) {
                    return identity.svid();
                }
            }
        }
        return null;
    }

    private String @Nullable [] aliases(String keyType) {
        String alias = choose(keyType);
        return alias == null ? null : new String[] {alias};
    }

    @Override
    public @Nullable String chooseEngineClientAlias(
            String @Nullable [] keyTypes, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return choose(keyTypes);
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
            String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return choose(keyType);
    }

    @Override
    public @Nullable String chooseClientAlias(
            String @Nullable [] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return choose(keyTypes);
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return choose(keyType);
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return aliases(keyType);
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        return aliases(keyType);
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(@Nullable String alias) {
        Svid svid = svid(alias);
        return svid == null ? null : svid.chain().toArray(new X509Certificate[0]);
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(@Nullable String alias) {
        Svid svid = svid(alias);
        return svid == null ? null : svid.key();
    }
}
