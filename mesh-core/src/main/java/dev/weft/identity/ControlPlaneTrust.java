package dev.weft.identity;

import dev.weft.identity.LeafUse.Side;
import dev.weft.identity.PeerRefusedException.Check;
import dev.weft.runtime.Ticker;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Judges the control plane. Its certificate leads to the anchors, and is either that of {@code mesh-control} in Istio's root
 * namespace or, as istiod's, for the host that was dialled. A workload's certificate of the same mesh is refused: nobody
 * but the control plane may take our credential.
 */
public final class ControlPlaneTrust extends X509ExtendedTrustManager {
    /** The root namespace is Istio's default; a control plane elsewhere is known by its host name. */
    private static final String IDENTITY = "/ns/istio-system/sa/mesh-control";

    private static final X509Certificate[] NONE = {};

    /** What is asked at each handshake. */
    private interface Source {
        Anchors anchors() throws PeerRefusedException;
    }

    private final Source source;
    private final Ticker ticker;

    private ControlPlaneTrust(Source source, Ticker ticker) {
        this.source = source;
        this.ticker = ticker;
    }

    /** By these anchors: for the first contact. */
    public static ControlPlaneTrust of(Anchors anchors, Ticker ticker) {
        return new ControlPlaneTrust(() -> anchors, ticker);
    }

    /** By the roots of the identity that is current at each handshake; without one, or with an expired one, nobody is trusted. */
    public static ControlPlaneTrust of(IdentitySource own, Ticker ticker) {
        return new ControlPlaneTrust(() -> rootsOf(own.current(), ticker), ticker);
    }

    /** Whether clients take whoever has this identity for the control plane, if their trust domain is the same. */
    public static boolean knows(SpiffeId id) {
        return id.path().equals(IDENTITY);
    }

    private static Anchors rootsOf(@Nullable Identity own, Ticker ticker) throws PeerRefusedException {
        String problem = OwnIdentity.problem(own, ticker.epochMillis());
        if (own == null || problem != null) {
            throw new PeerRefusedException(
                    Check.OWN_IDENTITY,
                    String.valueOf(problem),
                    "an own certificate that is valid now",
                    OwnIdentity.TODO);
        }
        String domain = own.svid().id().trustDomain();
        return new Anchors.Roots(domain, own.bundle().roots(domain));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        if (chain == null || chain.length == 0 || chain.length > Svid.MAX_CHAIN) {
            throw new PeerRefusedException(
                    Check.LENGTH,
                    "the control plane showed " + (chain == null ? 0 : chain.length) + " certificates",
                    "1 to " + Svid.MAX_CHAIN,
                    "see what listens at that address");
        }
        List<X509Certificate> shown = Arrays.asList(chain);
        Anchors anchors = source.anchors();
        long now = ticker.epochMillis();
        String domain = anchors.trustDomain() == null ? "of the control plane" : anchors.trustDomain();
        List<X509Certificate> roots = anchors.among(shown);
        Validity.check(shown, "the control plane", now);
        ChainOfTrust.check(shown, "the control plane", domain, roots, now);
        SpiffeId named = identity(shown.get(0), anchors.trustDomain());
        if (named != null) {
            LeafUse.check(shown.get(0), named, Side.SERVER);
        } else {
            ServerNames.check(chain, authType, engine, roots, ChainOfTrust.judgedAt(shown, now));
        }
    }

    /** The identity, if it is that of mesh-control; null: its host name has to speak for it. */
    private static @Nullable SpiffeId identity(X509Certificate leaf, @Nullable String domain) {
        try {
            SpiffeId id = LeafNames.identity(leaf);
            return knows(id) && (domain == null || domain.equals(id.trustDomain())) ? id : null;
        } catch (PeerRefusedException e) {
            // No workload's certificate, as istiod's.
            return null;
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException(
                "the host that was dialled is not known here, so the control plane cannot be judged");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        checkServerTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("this trusts the control plane, which is a server");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        checkClientTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        checkClientTrusted(chain, authType);
    }

    /** None: this judges servers. */
    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return NONE.clone();
    }
}
