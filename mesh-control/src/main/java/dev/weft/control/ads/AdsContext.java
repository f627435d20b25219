package dev.weft.control.ads;

import dev.weft.control.access.Refusals;
import dev.weft.control.registry.Registry;
import dev.weft.runtime.World;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** What all streams share. */
final class AdsContext {
    final ResourceSource source;
    final Registry registry;
    final World world;
    final AdsOptions options;
    /** Null where nobody proves anything. */
    final @Nullable Refusals refusals;

    final PushedViews views = new PushedViews();
    final PushRounds rounds;
    /** Pushes, and what must not run inside a stream. */
    final Executor executor;

    private final AtomicLong numbers = new AtomicLong();
    private final Set<ClientStream> streams = ConcurrentHashMap.newKeySet();

    AdsContext(
            ResourceSource source,
            Registry registry,
            World world,
            AdsOptions options,
            @Nullable Refusals refusals,
            Executor executor) {
        this.source = source;
        this.registry = registry;
        this.world = world;
        this.options = options;
        this.refusals = refusals;
        this.executor = executor;
        this.rounds = new PushRounds(world, options, executor, this::pushAll);
    }

    /** Numbers grow, from 1: the registry tells an instance's connections apart by them. */
    long nextNumber() {
        return numbers.incrementAndGet();
    }

    /** False if there are too many already. */
    boolean admit(ClientStream stream) {
        if (streams.size() >= options.maxStreams()) {
            return false;
        }
        streams.add(stream);
        return true;
    }

    void remove(ClientStream stream) {
        streams.remove(stream);
    }

    Collection<ClientStream> streams() {
        return streams;
    }

    private void pushAll() {
        streams.forEach(ClientStream::push);
        views.retain(streams.stream().map(ClientStream::target).toList());
    }
}
