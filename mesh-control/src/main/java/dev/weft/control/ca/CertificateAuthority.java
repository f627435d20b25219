package dev.weft.control.ca;

import dev.weft.control.access.RefusedException;
import dev.weft.control.access.RefusedException.Reason;
import dev.weft.identity.CertificatePin;
import dev.weft.identity.ControlPlaneTrust;
import dev.weft.identity.PrivateFiles;
import dev.weft.identity.SpiffeId;
import dev.weft.identity.Svid;
import dev.weft.runtime.Ticker;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Certifies keys for identities that somebody else has authenticated. One process at a time holds the directory. Safe for use
 * from any thread.
 */
public final class CertificateAuthority implements AutoCloseable {
    private final CaOptions options;
    private final Ticker ticker;
    private final Roots roots;
    private final FileChannel lock;
    /** Written at the start, read by anybody; null while nobody has asked for it. */
    private volatile @Nullable SpiffeId reserved;

    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    private CertificateAuthority(CaOptions options, Ticker ticker, Roots roots, FileChannel lock) {
        this.options = options;
        this.ticker = ticker;
        this.roots = roots;
        this.lock = lock;
    }

    /**
     * Continues what {@code directory} holds, or begins there.
     *
     * @throws IOException if another process holds it, if a key may be read by others than its owner, or if what it holds is
     *     damaged: an authority is never silently begun anew
     */
    public static CertificateAuthority open(Path directory, CaOptions options, Ticker ticker) throws IOException {
        PrivateFiles.directory(directory);
        Path lockFile = directory.resolve("lock");
        FileChannel lock = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            hold(lock, directory);
            return new CertificateAuthority(options, ticker, Roots.open(directory, options, ticker), lock);
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private static void hold(FileChannel channel, Path directory) throws IOException {
        FileLock held;
        try {
            held = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            held = null;
        }
        if (held == null) {
            throw new IOException(directory + ": is held by another control plane");
        }
    }

    /**
     * Grants a certificate.
     *
     * @param csr PEM; only its key counts
     * @param identity as authenticated; never taken from the request
     * @param wanted zero leaves it to the authority; more than the maximum is shortened
     */
    public IssuedCertificate issue(String csr, SpiffeId identity, Duration wanted) throws RefusedException {
        return issue(SigningRequest.read(csr), identity, wanted);
    }

    IssuedCertificate issue(SigningRequest request, SpiffeId identity, Duration wanted) throws RefusedException {
        if (reserves(identity)) {
            throw new RefusedException(
                    Reason.FOREIGN_IDENTITY,
                    "identity " + identity + " is the control plane's own, and given to nobody");
        }
        List<String> notes = new ArrayList<>();
        request.ignored().forEach(said -> notes.add("ignored " + said));
        Duration validity = validity(wanted);
        if (wanted.compareTo(validity) > 0) {
            notes.add("validity shortened from " + wanted.toSeconds() + " s");
        }
        SigningAuthority signing = roots.signing();
        X509Certificate leaf = sign(signing, request.key(), identity, List.of(), validity);
        List<X509Certificate> chain = new ArrayList<>();
        chain.add(leaf);
        chain.addAll(signing.intermediates());
        return new IssuedCertificate(identity, chain, roots.trusted(), notes);
    }

    /**
     * What is granted for a wish.
     *
     * @throws RefusedException if the wish is below zero or shorter than a minute
     */
    Duration validity(Duration wanted) throws RefusedException {
        if (wanted.isZero()) {
            return options.defaultValidity();
        }
        if (wanted.compareTo(CaOptions.MIN_VALIDITY) < 0) {
            throw new RefusedException(
                    Reason.BAD_REQUEST,
                    "validity_duration: " + wanted.toSeconds() + " s, at least " + CaOptions.MIN_VALIDITY.toSeconds()
                            + " or 0 for the default were expected");
        }
        return wanted.compareTo(options.maxValidity()) > 0 ? options.maxValidity() : wanted;
    }

    /**
     * A new key with a certificate for the control plane itself. From then on nobody else gets this identity: whoever had it could
     * take the credentials of all.
     *
     * @param names DNS names and IP addresses by which clients call it; they come beside the one URI name
     * @return with the root as the last of the chain: a client that only knows the root's fingerprint from its token finds the
     *     certificate to that fingerprint there
     */
    public Svid serverCredential(SpiffeId identity, List<String> names) throws RefusedException {
        reserved = identity;
        KeyPair keys = Certificates.newKeyPair();
        SigningAuthority signing = roots.signing();
        List<X509Certificate> chain = new ArrayList<>();
        chain.add(sign(signing, keys.getPublic(), identity, names, options.maxValidity()));
        chain.addAll(signing.intermediates());
        chain.add(signing.root());
        return Svid.of(chain, keys.getPrivate());
    }

    private X509Certificate sign(
            SigningAuthority signing, PublicKey key, SpiffeId identity, List<String> names, Duration validity)
            throws RefusedException {
        if (!identity.trustDomain().equals(options.trustDomain())) {
            throw new RefusedException(
                    Reason.FOREIGN_IDENTITY,
                    "identity " + identity + " is not of trust domain " + options.trustDomain());
        }
        if (identity.serviceAccount() == null) {
            throw new RefusedException(
                    Reason.FOREIGN_IDENTITY,
                    "identity " + identity + " is no workload's: spiffe://TRUST_DOMAIN/ns/NAMESPACE/sa/SERVICE_ACCOUNT"
                            + " was expected");
        }
        Instant now = Instant.ofEpochMilli(ticker.epochMillis());
        Instant last = Certificates.earlier(
                signing.signer().getNotAfter().toInstant(),
                signing.root().getNotAfter().toInstant());
        Instant end = Certificates.earlier(now.plus(validity), last);
        if (!end.isAfter(now)) {
            throw new RefusedException(Reason.UNAVAILABLE, "the authority's own certificate expired at " + last);
        }
        return Certificates.leaf(signing, key, identity, names, now, end);
    }

    /**
     * The trust domain of a directory that another process may hold.
     *
     * @throws IOException if there is no authority in it
     */
    public static String trustDomainOf(Path directory) throws IOException {
        CaState state = CaState.load(directory);
        if (state == null) {
            throw new IOException(directory + ": holds no certificate authority");
        }
        return state.trustDomain();
    }

    /** Whether this is the control plane's own identity, or one that clients take for it, which nobody else gets. */
    public boolean reserves(SpiffeId identity) {
        return identity.equals(reserved) || ControlPlaneTrust.knows(identity);
    }

    public String trustDomain() {
        return options.trustDomain();
    }

    /** The roots that peers should trust, the signing one first. */
    public List<X509Certificate> trustBundle() {
        return roots.trusted();
    }

    /** SHA-256 of the signing root's certificate, lower-case hexadecimal: what a join token pins. */
    public String rootPin() {
        return CertificatePin.of(roots.signing().root());
    }

    public RootStage rootStage() {
        return roots.stage();
    }

    /** When the stage began. */
    public Instant stageSince() {
        return roots.since();
    }

    /** From when on the next stage may begin without hurry: everybody has renewed by then. */
    public Instant nextStageFrom() {
        return roots.since().plus(options.maxValidity()).plus(Certificates.BACKDATE);
    }

    /** The roots that peers trust, the signing one first. */
    public List<TrustedRoot> trustedRoots() {
        List<X509Certificate> trusted = roots.trusted();
        return trusted.stream()
                .map(root -> new TrustedRoot(
                        CertificatePin.of(root),
                        root.getSubjectX500Principal().getName(),
                        root.getNotAfter().toInstant(),
                        root.equals(trusted.get(0))))
                .toList();
    }

    /**
     * Calls the listener after each stage of a change of roots, on the thread that made it.
     *
     * @return ends the calls
     */
    public Runnable onRootsChange(Runnable listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    private void changed() {
        listeners.forEach(Runnable::run);
    }

    /**
     * First stage of a change: a new root is trusted beside the old one.
     *
     * @param broughtAlong a directory as in {@link CaOptions#broughtAlong()}, or null to make one
     * @throws IllegalStateException if a change is under way
     */
    public void publishNewRoot(@Nullable Path broughtAlong) throws IOException {
        roots.publishNew(broughtAlong);
        changed();
    }

    /**
     * Second stage: the new root signs.
     *
     * @param early without waiting until every certificate has been renewed, and its holder been told of the new root
     * @throws IllegalStateException if it is not the time for it, saying what was expected
     */
    public void signByNewRoot(boolean early) throws IOException {
        roots.signByNew(early);
        changed();
    }

    /**
     * Last stage: the old root is not trusted any more. Its files stay.
     *
     * @param early without waiting until the last certificate of the old root has expired
     * @throws IllegalStateException if it is not the time for it, saying what was expected
     */
    public void withdrawOldRoot(boolean early) throws IOException {
        roots.withdrawOld(early);
        changed();
    }

    /** Lets another process hold the directory. */
    @Override
    public void close() throws IOException {
        lock.close();
    }
}
