package dev.weft.engine;

import dev.weft.request.Headers;
import dev.weft.request.LocalReply;
import dev.weft.request.ResponseHead;
import dev.weft.runtime.World;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Carries no bytes: notes the commands it gets, wakes the exchange by the world's timer, and lets a test play the server. */
final class FakeAdapter implements Adapter {
    final List<String> commands = new ArrayList<>();
    final List<Attempt> sent = new ArrayList<>();
    final Set<Attempt> cancelled = new HashSet<>();

    @Nullable
    LocalReply reply;

    @Nullable
    Attempt delivered;

    long wish = Long.MAX_VALUE;

    /** What a server does with an attempt while {@code send} is still running; nothing unless a test says so. */
    Consumer<Attempt> onSend = attempt -> {};

    Consumer<Attempt> onCancel = attempt -> {};

    private final World world;
    private @Nullable Exchange exchange;
    private @Nullable Waker waker;

    FakeAdapter(World world) {
        this.world = world;
    }

    void drives(Exchange driven) {
        exchange = driven;
        waker = new Waker(world, () -> {
            wish = Long.MAX_VALUE;
            driven.wake();
        });
    }

    Exchange exchange() {
        return java.util.Objects.requireNonNull(exchange);
    }

    @Override
    public void send(Attempt attempt) {
        commands.add("send " + name(attempt) + " to " + attempt.host());
        sent.add(attempt);
        onSend.accept(attempt);
    }

    @Override
    public void cancel(Attempt attempt) {
        commands.add("cancel " + name(attempt));
        cancelled.add(attempt);
        onCancel.accept(attempt);
        attempt.closed(new Attempt.Closed(0, 0, false, null));
    }

    @Override
    public void wakeAt(long nanos) {
        wish = nanos;
        java.util.Objects.requireNonNull(waker).at(nanos);
    }

    @Override
    public void reply(LocalReply given) {
        commands.add("reply " + given.status() + (given.flagText().isEmpty() ? "" : " " + given.flagText()));
        reply = given;
    }

    @Override
    public void deliver(Attempt attempt) {
        commands.add(
                "deliver " + name(attempt) + " with " + attempt.responseHead().status());
        delivered = attempt;
    }

    private static String name(Attempt attempt) {
        return attempt.kind() == Attempt.Kind.MIRROR ? "mirror" : String.valueOf(attempt.number());
    }

    Attempt last() {
        return sent.get(sent.size() - 1);
    }

    /** The last attempt's server answers with a head and no body. */
    void answer(int status, String... headers) {
        answer(last(), status, headers);
    }

    static void answer(Attempt attempt, int status, String... headers) {
        attempt.connected(true);
        attempt.requestSent();
        attempt.headers(new ResponseHead(status, Headers.of(headers)), false);
        attempt.closed(new Attempt.Closed(0, 10, true, null));
    }

    /** The last attempt dies. */
    void fail(Attempt.Failure failure) {
        Attempt attempt = last();
        attempt.failed(failure, null);
        attempt.closed(new Attempt.Closed(0, 0, false, null));
    }
}
