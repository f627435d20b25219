package dev.weft.control.registry;

import dev.weft.control.registry.Registration.Key;
import dev.weft.runtime.Timer;
import dev.weft.runtime.World;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The living instances. Every write names instance, epoch and connection, and one that is older than what is known changes
 * nothing: a goodbye that arrives late must not remove the instance's next life. Safe for use from any thread.
 */
public final class Registry {
    private static final Logger log = LoggerFactory.getLogger(Registry.class);

    private final World world;
    private final GracePeriods grace;
    private final List<Consumer<RegistrySnapshot>> listeners = new CopyOnWriteArrayList<>();

    // All guarded by this.
    private final Map<Key, Entry> entries = new HashMap<>();
    private final Expiries expiries;
    private final Vacancies vacancies = new Vacancies();
    private Timer.@Nullable Handle sweep;

    /** Written with this registry's lock held, read by anybody. */
    private volatile RegistrySnapshot snapshot = RegistrySnapshot.EMPTY;

    public Registry(World world, GracePeriods grace) {
        this.world = world;
        this.grace = grace;
        this.expiries = new Expiries(grace.massWindow());
    }

    /** Everybody, now. */
    public RegistrySnapshot snapshot() {
        return snapshot;
    }

    /**
     * Calls the listener with each new snapshot, in order, beginning with the present one.
     *
     * @return ends the calls
     */
    public synchronized Runnable onChange(Consumer<RegistrySnapshot> listener) {
        listeners.add(listener);
        listener.accept(snapshot);
        return () -> listeners.remove(listener);
    }

    /**
     * An instance says who and how it is.
     *
     * @param connection the number of the stream it says so over; later streams have larger numbers, from 1
     * @return anything but ACCEPTED means that nothing was changed
     */
    public synchronized Verdict announce(Registration said, long connection) {
        Entry known = entries.get(said.key());
        if (foreign(said, known)) {
            return Verdict.FOREIGN;
        }
        if (known != null && !known.yieldsTo(said, connection)) {
            return Verdict.OUTDATED;
        }
        if (joins(said, known)
                && said.proven()
                && !all(said.serviceKey(), other -> !other.proven() || other.speaksFor(said))) {
            log.warn(
                    "{} joins service {} as account {}, beside instances of other accounts; callers believe all of them. If that"
                            + " is not meant, pin the account by the DestinationRule's subjectAltNames",
                    said.key(),
                    said.serviceKey(),
                    said.serviceAccount());
        }
        if (joins(said, known) && said.proven() && !all(said.serviceKey(), Registration::proven)) {
            log.warn(
                    "{} of {} proves its identity, but others of its service came over the plaintext port and prove nothing;"
                            + " they stay until they leave, new ones are not let in",
                    said.key(),
                    said.service());
        }
        if (known != null
                && known.connected()
                && known.connection() != connection
                && known.registration().epoch() != said.epoch()) {
            log.warn(
                    "{} of {} is taken over by a newer process while the older one is still connected; if both are to run,"
                            + " give each an instance name of its own",
                    said.key(),
                    said.service());
        }
        entries.put(said.key(), Entry.connected(said, connection));
        if (known == null || !known.registration().equals(said)) {
            publish(known == null ? List.of(said) : List.of(known.registration(), said));
        }
        if (known == null || !known.connected()) {
            sweep();
        }
        return Verdict.ACCEPTED;
    }

    /**
     * Nobody takes over what another has proved, and who proves nothing does not join those who do: he would be sent the requests
     * that are meant for them.
     */
    private boolean foreign(Registration said, @Nullable Entry known) {
        if (known != null && !said.speaksFor(known.registration())) {
            return true;
        }
        return !said.proven() && joins(said, known) && !all(said.serviceKey(), other -> !other.proven());
    }

    /** Whether the instance is new in its service; one that moves there from another is. */
    private static boolean joins(Registration said, @Nullable Entry known) {
        return known == null || !known.registration().serviceKey().equals(said.serviceKey());
    }

    private boolean all(Registration.ServiceKey service, Predicate<Registration> condition) {
        return snapshot.services().getOrDefault(service, List.of()).stream().allMatch(condition);
    }

    /** An instance says goodbye; it is removed at once, unless a later epoch or connection has spoken for it. */
    public synchronized Verdict leave(Registration said, long connection) {
        Entry known = entries.get(said.key());
        if (known == null) {
            return Verdict.OUTDATED;
        }
        if (!said.speaksFor(known.registration())) {
            return Verdict.FOREIGN;
        }
        if (!known.yieldsTo(said, connection)) {
            return Verdict.OUTDATED;
        }
        entries.remove(said.key());
        publish(List.of(known.registration()));
        sweep();
        return Verdict.ACCEPTED;
    }

    /** The connection over which the instance spoke has ended without a goodbye; its place is kept for the grace period. */
    public synchronized void connectionLost(Key key, long epoch, long connection) {
        Entry known = entries.get(key);
        if (known != null
                && known.connected()
                && known.registration().epoch() == epoch
                && known.connection() == connection) {
            entries.put(key, known.lost(world.ticker().nanoTime() + grace.lost().toNanos()));
            sweep();
        }
    }

    /** Puts back the last instances of services that had none any more when an earlier process ended. */
    synchronized void restoreVacant(Collection<Registration> last) {
        List<Registration> gone = last.stream()
                .filter(instance -> !snapshot.services().containsKey(instance.serviceKey()))
                .toList();
        vacancies.restore(gone, world.ticker().nanoTime());
        publish(List.of());
        sweep();
    }

    /** Puts back what an earlier process knew, to expire after the restart grace period unless it is heard of. */
    synchronized void restore(Collection<Registration> known) {
        long expiresAt = world.ticker().nanoTime() + grace.restart().toNanos();
        for (Registration registration : known) {
            entries.putIfAbsent(registration.key(), new Entry(registration, 0, false, expiresAt, false));
        }
        publish(known);
        sweep();
    }

    /** Gives up the places that are due, holds those that are too many, and sets the timer for the next. */
    private synchronized void sweep() {
        long now = world.ticker().nanoTime();
        Expiries.Verdict verdict = expiries.judge(entries.values(), now);
        verdict.hold().forEach((service, held) -> {
            boolean news = false;
            for (Entry entry : held) {
                news |= !entry.held();
                entries.put(entry.registration().key(), entry.hold());
            }
            if (news) {
                log.warn(
                        "{}: {} instances have not been heard of for their grace period, more than half of the service;"
                                + " they keep their places until others register. If they are really gone, start one anew",
                        service,
                        held.size());
            }
        });
        for (Entry entry : verdict.renew()) {
            entries.put(
                    entry.registration().key(), entry.lost(now + grace.lost().toNanos()));
        }
        if (!verdict.expire().isEmpty()) {
            for (Registration expired : verdict.expire()) {
                log.info("{} of {} was not heard of any more and is removed", expired.key(), expired.service());
                entries.remove(expired.key());
            }
            publish(verdict.expire());
        }
        if (vacancies.expire(now)) {
            publish(List.of());
        }
        reschedule(now);
    }

    private void reschedule(long now) {
        if (sweep != null) {
            sweep.cancel();
            sweep = null;
        }
        long next = vacancies.next(now);
        for (Entry entry : entries.values()) {
            if (!entry.connected() && !entry.held()) {
                next = Math.min(next, entry.expiresAt() - now);
            }
        }
        if (next != Long.MAX_VALUE) {
            sweep = world.timer().schedule(Math.max(next, Duration.ofMillis(1).toNanos()), this::sweep);
        }
    }

    private void publish(Collection<Registration> touched) {
        snapshot = Snapshots.rebuild(
                snapshot, touched, entries, vacancies, world.ticker().nanoTime());
        for (Consumer<RegistrySnapshot> listener : listeners) {
            listener.accept(snapshot);
        }
    }
}
