package dev.weft.grpc.link;

import dev.weft.engine.Attempt;
import io.grpc.CallCredentials;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Context;
import io.grpc.LoadBalancer.PickResult;
import io.grpc.LoadBalancer.PickSubchannelArgs;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A place among the calls that wait for a connection of a channel, for those that wait elsewhere. As long as it is held the channel is in
 * use: {@code shutdown()} does not terminate it, and {@code shutdownNow()} ends the hold as it ends calls. After {@code shutdown()} the channel
 * itself takes no more attempts; the hold still {@linkplain #reach reaches} the hosts. Nothing of it ever goes to a server. Safe for use from
 * any thread.
 */
public final class ChannelHold {
    private static final CallOptions.Key<ChannelHold> KEY = CallOptions.Key.create("weft-hold");
    private static final Executor DIRECT = Runnable::run;
    private static final String NOWHERE = "a hold of the mesh, which goes nowhere";
    private static final MethodDescriptor<Void, Void> METHOD = MethodDescriptor.<Void, Void>newBuilder()
            .setType(MethodDescriptor.MethodType.UNARY)
            .setFullMethodName("weft.Channel/Hold")
            .setRequestMarshaller(new Nothing())
            .setResponseMarshaller(new Nothing())
            .build();

    /** Who wants to reach a host. Told once, possibly by a thread within the channel's synchronization context. */
    public interface Guest {

        /** @param host calls begun here go to the host, as long as its connection stands */
        void reached(Channel host);

        /** @param status what the channel would have ended an attempt with */
        void missed(Status status);
    }

    private record Wish(Attempt attempt, String authority, Guest guest) {}

    private final Channel channel;
    private final BiConsumer<ChannelHold, @Nullable Status> ended;

    // All guarded by this.
    private final List<Wish> wishes = new ArrayList<>(0);
    private @Nullable ClientCall<Void, Void> call;
    private boolean over;

    /** The channel's connections. Written by whoever picks; null: the name is not the mesh's now. */
    private volatile @Nullable Links links;

    /**
     * @param channel below the mesh's interceptor
     * @param ended told once, unless {@link #end} comes first: with the status that the channel ends calls with, or null if only the
     *     hold is lost, because the name has become somebody else's
     */
    public ChannelHold(Channel channel, BiConsumer<ChannelHold, @Nullable Status> ended) {
        this.channel = channel;
        this.ended = ended;
    }

    /**
     * Looks whether the channel takes attempts, and holds nothing. Instead of {@link #begin}.
     *
     * @return false: it has been shut down; whoever is told of ends has been told of this one
     */
    public boolean probe() {
        begin();
        synchronized (this) {
            if (over) {
                return false;
            }
        }
        end();
        return true;
    }

    /** Holds the channel. If that has been shut down already, the end has come when this returns. */
    public void begin() {
        ClientCall<Void, Void> made = channel.newCall(
                METHOD,
                CallOptions.DEFAULT
                        .withExecutor(DIRECT)
                        .withWaitForReady()
                        .withCallCredentials(new ToNobody())
                        .withOption(KEY, this));
        // It is nobody's in particular, and must not end with the context of the call that caused it.
        Context.ROOT.run(() -> made.start(new End(), new Metadata()));
        boolean unwanted;
        synchronized (this) {
            call = made;
            unwanted = over;
        }
        if (unwanted) {
            made.cancel(NOWHERE, null);
        }
    }

    /** Nobody needs it any more. */
    public void end() {
        ClientCall<Void, Void> begun;
        synchronized (this) {
            over = true;
            begun = call;
        }
        if (begun != null) {
            begun.cancel(NOWHERE, null);
        }
    }

    /**
     * Connects to the host of an attempt, as for any attempt of the channel's.
     *
     * @param authority that the attempt bears
     */
    public void reach(Attempt attempt, String authority, Guest guest) {
        synchronized (this) {
            wishes.add(new Wish(attempt, authority, guest));
        }
        ask();
    }

    /** Whether it is a hold that a picker was asked about; then it has been told of the connections. */
    static boolean isMet(PickSubchannelArgs args, @Nullable Links connections) {
        ChannelHold hold = args.getCallOptions().getOption(KEY);
        if (hold == null) {
            return false;
        }
        hold.links = connections;
        hold.ask();
        return true;
    }

    /** Picks for those who wait; gRPC has holds asked about whenever it would ask about attempts. */
    private void ask() {
        Links current = links;
        if (current == null) {
            return;
        }
        List<Wish> open;
        synchronized (this) {
            open = List.copyOf(wishes);
        }
        for (Wish wish : open) {
            PickResult result = current.pick(wish.attempt, wish.authority);
            boolean settled =
                    result.getSubchannel() != null || !result.getStatus().isOk();
            if (settled && take(wish)) {
                if (result.getSubchannel() != null) {
                    wish.guest.reached(result.getSubchannel().asChannel());
                } else {
                    wish.guest.missed(result.getStatus());
                }
            }
        }
    }

    private synchronized boolean take(Wish wish) {
        return wishes.remove(wish);
    }

    private final class End extends ClientCall.Listener<Void> {
        @Override
        public void onClose(Status status, Metadata trailers) {
            synchronized (ChannelHold.this) {
                if (over) {
                    return;
                }
                over = true;
            }
            ended.accept(ChannelHold.this, NOWHERE.equals(status.getDescription()) ? null : status);
        }
    }

    /** Whoever balances for the name when it is not the mesh's would send it to a server. */
    private static final class ToNobody extends CallCredentials {
        @Override
        public void applyRequestMetadata(RequestInfo request, Executor executor, MetadataApplier applier) {
            applier.fail(Status.UNAVAILABLE.withDescription(NOWHERE));
        }
    }

    private static final class Nothing implements MethodDescriptor.Marshaller<Void> {
        @Override
        public InputStream stream(Void value) {
            return new ByteArrayInputStream(new byte[0]);
        }

        @Override
        public Void parse(InputStream stream) {
            throw new UnsupportedOperationException(NOWHERE);
        }
    }
}
