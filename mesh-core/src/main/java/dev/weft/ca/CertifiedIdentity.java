package dev.weft.ca;

import dev.weft.controlplane.ServerAddress;
import dev.weft.credential.Credential;
import dev.weft.credential.CredentialException;
import dev.weft.credential.Presented;
import dev.weft.identity.HeldIdentity;
import dev.weft.identity.Identity;
import dev.weft.identity.IdentityCache;
import dev.weft.identity.IdentitySource;
import dev.weft.identity.Subject;
import dev.weft.runtime.Timer;
import dev.weft.runtime.World;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Our identity as an authority certifies it. The first certificate is got by the credential, each later one by the one before, at half
 * of its life. While there is none or no other the last one stays in force until it ends; then handshakes are refused, and
 * attempts go on.
 */
public final class CertifiedIdentity implements IdentitySource, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(CertifiedIdentity.class);

    /** What was asked within this time would be answered alike. */
    private static final Duration RECENT = Duration.ofSeconds(30);

    private final Credential credential;
    private final Authority authority;
    private final @Nullable IdentityCache cache;
    private final World world;
    private final Executor executor;
    private final HeldIdentity held;
    private final Schedule schedule;
    private final Alarm alarm;

    // Guarded by this, from here on; attempts run one after the other, on threads of the executor.
    private final Proof proof;
    private boolean asking;
    private long askedNanos;
    private int failures;
    private String failure = "";
    private Timer.@Nullable Handle next;
    private boolean closed;

    private CertifiedIdentity(
            Credential credential,
            Authority authority,
            HeldIdentity held,
            @Nullable IdentityCache cache,
            World world,
            Executor executor) {
        this.credential = credential;
        this.authority = authority;
        this.held = held;
        this.cache = cache;
        this.world = world;
        this.executor = executor;
        this.schedule = new Schedule(world.randomness());
        this.alarm = new Alarm(credential, world.ticker());
        this.proof = new Proof(credential);
    }

    /**
     * An identity that is asked for once it is started.
     *
     * @param servers {@code host:port} of authorities; the next one is asked when one fails
     * @param cache where the last identity is kept for a restart, or null: in memory only
     * @param executor runs what takes a while: keys, signatures, the disk
     */
    public static CertifiedIdentity of(
            List<String> servers,
            Credential credential,
            @Nullable IdentityCache cache,
            World world,
            Executor executor) {
        HeldIdentity held = new HeldIdentity();
        List<ServerAddress> addresses = servers.stream().map(ServerAddress::of).toList();
        return new CertifiedIdentity(
                credential, new IstioAuthority(addresses, held, world), held, cache, world, executor);
    }

    /** With an authority that a test plays. */
    static CertifiedIdentity of(
            Authority authority, Credential credential, @Nullable IdentityCache cache, World world, Executor executor) {
        return new CertifiedIdentity(credential, authority, new HeldIdentity(), cache, world, executor);
    }

    /** Takes what is kept on disk, and asks; returns at once. */
    public void start() {
        elsewhere(() -> {
            restore();
            attempt();
        });
    }

    /** A kept identity bridges a restart without an authority; it spares no question, since the authority may be another by now. */
    private synchronized void restore() {
        Identity kept = cache == null || closed ? null : cache.load();
        if (kept != null && credential.subject().is(kept.svid().id())) {
            proof.restored();
            held.set(kept);
            log.info("{} is in force, kept by an earlier process", kept.svid());
        }
    }

    private void attempt() {
        Attempt attempt;
        synchronized (this) {
            if (closed || asking) {
                return;
            }
            cancelNext();
            askedNanos = world.ticker().nanoTime();
            try {
                attempt = new Attempt(proof.next(valid()), CertificateRequest.make());
                asking = true;
            } catch (CredentialException e) {
                failed(null, new AuthorityException(AuthorityException.Kind.REFUSED, e.getMessage()), e.remedy());
                return;
            }
        }
        asked(attempt).whenComplete((answer, problem) -> elsewhere(() -> attempt.ended(answer, problem)));
    }

    private CompletionStage<List<String>> asked(Attempt attempt) {
        try {
            return authority.certify(attempt.request.pem(), attempt.credential);
        } catch (RuntimeException e) {
            // Whatever it is, renewals have to go on.
            return CompletableFuture.failedFuture(e);
        }
    }

    private boolean valid() {
        Identity identity = held.current();
        return identity != null
                && identity.svid().expiry().toEpochMilli() > world.ticker().epochMillis();
    }

    /** One question and its answer. */
    private final class Attempt {
        private final @Nullable Presented credential;
        private final CertificateRequest request;

        private Attempt(@Nullable Presented credential, CertificateRequest request) {
            this.credential = credential;
            this.request = request;
        }

        private void ended(@Nullable List<String> answer, @Nullable Throwable problem) {
            synchronized (CertifiedIdentity.this) {
                asking = false;
                if (closed) {
                    return;
                }
                try {
                    if (answer == null) {
                        throw problem(problem);
                    }
                    succeeded(this, CertificateAnswer.read(answer, request.key(), expected(), epoch(), world.ticker()));
                } catch (AuthorityException e) {
                    failed(credential, e, CertifiedIdentity.this.credential.remedy());
                } catch (RuntimeException e) {
                    // A certificate that breaks its reader must not end renewals.
                    log.debug("an answer could not be read", e);
                    failed(credential, new AuthorityException(AuthorityException.Kind.BAD_ANSWER, e.toString()), "");
                }
            }
        }
    }

    private static AuthorityException problem(@Nullable Throwable problem) {
        Throwable cause = problem instanceof CompletionException ? problem.getCause() : problem;
        return cause instanceof AuthorityException known
                ? known
                : new AuthorityException(AuthorityException.Kind.UNAVAILABLE, String.valueOf(cause));
    }

    /** Once the trust domain is known it is for good. */
    private Subject expected() {
        Identity identity = held.current();
        return identity == null
                ? credential.subject()
                : Subject.of(identity.svid().id());
    }

    private long epoch() {
        Identity identity = held.current();
        return identity == null ? 1 : identity.epoch() + 1;
    }

    private void succeeded(Attempt attempt, Identity identity) {
        proof.granted(attempt.credential);
        failures = 0;
        failure = "";
        schedule.reset();
        plan(schedule.renewal(identity, world.ticker().epochMillis()), this::attempt);
        alarm.certified(identity);
        keep(identity);
        held.set(identity);
    }

    private void keep(Identity identity) {
        if (cache != null) {
            try {
                cache.save(identity);
            } catch (IOException e) {
                log.warn(
                        "the identity cannot be kept in {} ({}); a restart while the authority is away will fail",
                        cache.file(),
                        e.toString());
            }
        }
    }

    private void failed(@Nullable Presented shown, AuthorityException problem, String remedy) {
        failures++;
        failure = problem.getMessage();
        proof.failed(shown, problem.kind(), valid());
        boolean refused = problem.kind() == AuthorityException.Kind.REFUSED;
        alarm.failed(held.current(), problem, refused ? remedy : "");
        if (refused && !credential.reusable()) {
            park(Schedule.PARKED);
        } else {
            plan(schedule.retry(), this::attempt);
        }
    }

    /** Until the time is up or somebody has written another token: to ask again by this one is of no use to anybody. */
    private void park(Duration left) {
        if (left.isZero() || left.isNegative()) {
            attempt();
            return;
        }
        plan(Schedule.LOOK, () -> {
            synchronized (this) {
                if (proof.isReplaced()) {
                    proof.doubted();
                    attempt();
                } else {
                    park(left.minus(Schedule.LOOK));
                }
            }
        });
    }

    /**
     * Somebody else found that our certificate and those of the control plane do not go together: another authority may be there by
     * now. Asks at once, by the credential if it can be used again; at most every half minute.
     */
    public void mistrusted() {
        elsewhere(() -> {
            synchronized (this) {
                if (held.current() == null || world.ticker().nanoTime() - askedNanos < RECENT.toNanos()) {
                    return;
                }
                proof.doubted();
            }
            attempt();
        });
    }

    private void cancelNext() {
        if (next != null) {
            next.cancel();
            next = null;
        }
    }

    private void plan(Duration wait, Runnable task) {
        cancelNext();
        if (!closed) {
            next = world.timer().schedule(wait.toNanos(), () -> elsewhere(task));
        }
    }

    private void elsewhere(Runnable task) {
        try {
            executor.execute(task);
        } catch (RejectedExecutionException e) {
            log.debug("closed meanwhile", e);
        }
    }

    @Override
    public synchronized String trouble() {
        return failures == 0 ? "" : failure + " (" + failures + (failures == 1 ? " try)" : " tries)");
    }

    /** Attempts that failed since the last certificate. */
    public synchronized int failures() {
        return failures;
    }

    @Override
    public @Nullable Identity current() {
        return held.current();
    }

    @Override
    public Runnable onChange(Consumer<Identity> listener) {
        return held.onChange(listener);
    }

    /** No question is asked any more; what is in force stays so until it ends. */
    @Override
    public synchronized void close() {
        closed = true;
        cancelNext();
    }
}
