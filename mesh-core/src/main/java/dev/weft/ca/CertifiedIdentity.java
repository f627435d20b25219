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
import dev.weft.runtime.World;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
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
    private final Agenda agenda;
    private final HeldIdentity held;
    private final Schedule schedule;
    private final Alarm alarm;

    // Guarded by this, from here on; questions are asked one after the other, on threads of the executor.
    private final Proof proof;
    private boolean asking;
    private long askedNanos;
    private int failures;
    private String failure = "";
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
        this.agenda = new Agenda(world, executor);
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
        agenda.now(() -> {
            restore();
            ask();
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

    private void ask() {
        Question question;
        synchronized (this) {
            if (closed || asking) {
                return;
            }
            agenda.clear();
            askedNanos = world.ticker().nanoTime();
            try {
                question = new Question(proof.next(valid()), CertificateRequest.make());
                asking = true;
            } catch (CredentialException e) {
                failed(null, new AuthorityException(AuthorityException.Kind.REFUSED, e.getMessage()), e.remedy());
                return;
            }
        }
        question.ask(authority)
                .whenComplete((answer, problem) -> agenda.now(() -> answered(question, answer, problem)));
    }

    private synchronized void answered(Question question, @Nullable List<String> answer, @Nullable Throwable problem) {
        asking = false;
        if (closed) {
            return;
        }
        try {
            succeeded(question, question.identity(answer, problem, expected(), epoch(), world.ticker()));
        } catch (AuthorityException e) {
            failed(question.shown(), e, credential.remedy());
        } catch (RuntimeException e) {
            // A certificate that breaks its reader must not end renewals.
            log.debug("an answer could not be read", e);
            failed(question.shown(), new AuthorityException(AuthorityException.Kind.BAD_ANSWER, e.toString()), "");
        }
    }

    private boolean valid() {
        Identity identity = held.current();
        return identity != null
                && identity.svid().expiry().toEpochMilli() > world.ticker().epochMillis();
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

    private void succeeded(Question question, Identity identity) {
        proof.granted(question.shown());
        failures = 0;
        failure = "";
        schedule.reset();
        agenda.plan(schedule.renewal(identity, world.ticker().epochMillis()), this::ask);
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
            agenda.plan(schedule.retry(), this::ask);
        }
    }

    /** Until the time is up or somebody has written another token: to ask again by this one is of no use to anybody. */
    private void park(Duration left) {
        if (left.isZero() || left.isNegative()) {
            ask();
            return;
        }
        agenda.plan(Schedule.LOOK, () -> {
            synchronized (this) {
                if (proof.isReplaced()) {
                    proof.doubted();
                    ask();
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
        agenda.now(() -> {
            synchronized (this) {
                if (held.current() == null || world.ticker().nanoTime() - askedNanos < RECENT.toNanos()) {
                    return;
                }
                proof.doubted();
            }
            ask();
        });
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
        agenda.close();
    }
}
