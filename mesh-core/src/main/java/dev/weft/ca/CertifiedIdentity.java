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
import java.util.concurrent.CompletionException;
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
    /** What was presented and is of no use again: a join token that was granted or refused. */
    private @Nullable String spent;

    private boolean byCredential = true;
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
                attempt = new Attempt(presented(), CertificateRequest.make());
                asking = true;
            } catch (CredentialException e) {
                failed(null, new AuthorityException(AuthorityException.Kind.REFUSED, e.getMessage()), e.remedy());
                return;
            }
        }
        authority
                .certify(attempt.request.pem(), attempt.credential)
                .whenComplete((answer, problem) -> elsewhere(() -> attempt.ended(answer, problem)));
    }

    /** What goes along with the next request; null: the certificate that is in force. */
    private @Nullable Presented presented() throws CredentialException {
        boolean valid = valid();
        if (valid && !(byCredential && (credential.reusable() || spentIsReplaced()))) {
            return null;
        }
        return credential.present();
    }

    private boolean spentIsReplaced() {
        try {
            // After a restart nothing is known to be spent, but the certificate is the better proof.
            return spent != null && !credential.present().bearer().equals(spent);
        } catch (CredentialException e) {
            return false;
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
        if (attempt.credential != null) {
            spent = attempt.credential.bearer();
        }
        byCredential = false;
        failures = 0;
        failure = "";
        schedule.reset();
        held.set(identity);
        alarm.certified(identity);
        keep(identity);
        plan(schedule.renewal(identity, world.ticker().epochMillis()), this::attempt);
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

    private void failed(@Nullable Presented presented, AuthorityException problem, String remedy) {
        failures++;
        failure = problem.getMessage();
        // Whoever does not take our certificate, or is not who our roots vouch for, may take the credential.
        byCredential = problem.kind() != AuthorityException.Kind.UNAVAILABLE || byCredential && !valid();
        boolean refused = problem.kind() == AuthorityException.Kind.REFUSED;
        alarm.failed(held.current(), problem, refused ? remedy : "");
        if (refused && !credential.reusable()) {
            spent = presented == null ? spent : presented.bearer();
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
                if (isReplaced()) {
                    byCredential = true;
                    attempt();
                } else {
                    park(left.minus(Schedule.LOOK));
                }
            }
        });
    }

    private boolean isReplaced() {
        try {
            return !credential.present().bearer().equals(spent);
        } catch (CredentialException e) {
            return false;
        }
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
                byCredential = true;
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
