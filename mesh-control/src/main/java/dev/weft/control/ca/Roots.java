package dev.weft.control.ca;

import dev.weft.identity.CertificatePin;
import dev.weft.identity.Pem;
import dev.weft.identity.PrivateFiles;
import dev.weft.runtime.Ticker;
import java.io.IOException;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The roots on disk and in memory, and the stages of their change. Every step is on the disk before it has an effect; the
 * public roots are in {@code root.pem} too, for clients to take along.
 */
final class Roots {
    private static final Logger log = LoggerFactory.getLogger(Roots.class);

    private final Path directory;
    private final CaOptions options;
    private final Ticker ticker;
    /** Written under this object's lock, read by anybody. */
    private volatile Held held;

    /** State and keys; always changed together. */
    private record Held(
            CaState state,
            SigningAuthority signing,
            @Nullable SigningAuthority beside) {}

    private Roots(Path directory, CaOptions options, Ticker ticker, Held held) {
        this.directory = directory;
        this.options = options;
        this.ticker = ticker;
        this.held = held;
    }

    static Roots open(Path directory, CaOptions options, Ticker ticker) throws IOException {
        CaState state = CaState.load(directory);
        Held held = state == null ? first(directory, options, ticker) : read(directory, options, state);
        Roots roots = new Roots(directory, options, ticker, held);
        roots.publish(held);
        roots.renewIntermediate();
        return roots;
    }

    private static Held first(Path directory, CaOptions options, Ticker ticker) throws IOException {
        Path own = options.broughtAlong();
        Instant now = Instant.ofEpochMilli(ticker.epochMillis());
        SigningAuthority authority = own == null
                ? Certificates.newAuthority(options.trustDomain(), now)
                : AuthorityFiles.broughtAlong(own, options.passphrase());
        files(directory, options, 1).save(authority);
        CaState state = new CaState(options.trustDomain(), RootStage.ONE_ROOT, now.toEpochMilli(), 1, null);
        state.save(directory);
        log.info(
                "{} root {} for trust domain {}",
                own == null ? "made" : "took over",
                CertificatePin.of(authority.root()),
                options.trustDomain());
        return new Held(state, authority, null);
    }

    private static Held read(Path directory, CaOptions options, CaState state) throws IOException {
        if (!state.trustDomain().equals(options.trustDomain())) {
            throw new IOException(directory + ": is of trust domain " + state.trustDomain() + ", "
                    + options.trustDomain() + " was expected");
        }
        Integer beside = state.beside();
        return new Held(
                state,
                files(directory, options, state.signing()).load(),
                beside == null ? null : files(directory, options, beside).load());
    }

    private static AuthorityFiles files(Path directory, CaOptions options, int number) {
        return new AuthorityFiles(directory.resolve(Integer.toString(number)), options.passphrase());
    }

    SigningAuthority signing() {
        return held.signing();
    }

    Instant since() {
        return Instant.ofEpochMilli(held.state().since());
    }

    RootStage stage() {
        return held.state().stage();
    }

    /** All that are trusted, the signing one first. */
    List<X509Certificate> trusted() {
        return trusted(held);
    }

    private static List<X509Certificate> trusted(Held held) {
        List<X509Certificate> roots = new ArrayList<>();
        roots.add(held.signing().root());
        SigningAuthority beside = held.beside();
        if (beside != null) {
            roots.add(beside.root());
        }
        return List.copyOf(roots);
    }

    synchronized void publishNew(@Nullable Path broughtAlong) throws IOException {
        CaState state = expect(RootStage.ONE_ROOT);
        Instant now = now();
        SigningAuthority fresh = broughtAlong == null
                ? Certificates.newAuthority(options.trustDomain(), now)
                : AuthorityFiles.broughtAlong(broughtAlong, options.passphrase());
        int number = state.next();
        files(directory, options, number).save(fresh);
        adopt(new Held(
                new CaState(state.trustDomain(), RootStage.NEW_PUBLISHED, now.toEpochMilli(), state.signing(), number),
                held.signing(),
                fresh));
    }

    synchronized void signByNew(boolean early) throws IOException {
        CaState state = expect(RootStage.NEW_PUBLISHED);
        waited(state, early, "workloads that have not renewed since do not know the new root");
        SigningAuthority fresh = held.beside();
        Integer number = state.beside();
        if (fresh == null || number == null) {
            throw new IllegalStateException("stage " + state.stage() + " has two roots");
        }
        adopt(new Held(
                new CaState(state.trustDomain(), RootStage.NEW_SIGNS, now().toEpochMilli(), number, state.signing()),
                fresh,
                held.signing()));
    }

    synchronized void withdrawOld(boolean early) throws IOException {
        CaState state = expect(RootStage.NEW_SIGNS);
        waited(state, early, "certificates of the old root are still valid");
        adopt(new Held(
                new CaState(state.trustDomain(), RootStage.ONE_ROOT, now().toEpochMilli(), state.signing(), null),
                held.signing(),
                null));
    }

    private CaState expect(RootStage stage) {
        CaState state = held.state();
        if (state.stage() != stage) {
            throw new IllegalStateException(
                    "the change of roots is at " + state.stage() + ", " + stage + " was expected");
        }
        return state;
    }

    private void waited(CaState state, boolean early, String why) {
        Duration need = options.maxValidity().plus(Certificates.BACKDATE);
        Duration passed = Duration.ofMillis(ticker.epochMillis() - state.since());
        if (!early && passed.compareTo(need) < 0) {
            throw new IllegalStateException(
                    state.stage() + " began " + passed + " ago, at least " + need + " were expected: " + why);
        }
    }

    private void adopt(Held next) throws IOException {
        next.state().save(directory);
        held = next;
        publish(next);
        log.info(
                "roots: {}, signing {}",
                next.state().stage(),
                CertificatePin.of(next.signing().root()));
    }

    private void publish(Held now) throws IOException {
        PrivateFiles.write(directory.resolve("root.pem"), Pem.write(trusted(now)));
    }

    /** Where the root's key is at hand, an intermediate in the second half of its life is replaced at the start. */
    private synchronized void renewIntermediate() throws IOException {
        SigningAuthority signing = held.signing();
        X509Certificate signer = signing.signer();
        Instant begin = signer.getNotBefore().toInstant();
        Instant end = signer.getNotAfter().toInstant();
        Instant now = now();
        if (now.isBefore(begin.plus(Duration.between(begin, end).dividedBy(2)))) {
            return;
        }
        PrivateKey rootKey = signing.rootKey();
        if (rootKey != null && !signing.intermediates().isEmpty()) {
            SigningAuthority renewed =
                    Certificates.withNewIntermediate(options.trustDomain(), signing.root(), rootKey, now);
            CaState state = held.state();
            int number = state.next();
            // A directory of its own: a crash while it is written leaves the old one whole.
            files(directory, options, number).save(renewed);
            adopt(new Held(
                    new CaState(state.trustDomain(), state.stage(), state.since(), number, state.beside()),
                    renewed,
                    held.beside()));
        } else if (now.isAfter(end.minus(Duration.ofDays(30)))) {
            log.warn("{} signs only until {}; change the root or bring a new one along", signing, end);
        }
    }

    private Instant now() {
        return Instant.ofEpochMilli(ticker.epochMillis());
    }
}
