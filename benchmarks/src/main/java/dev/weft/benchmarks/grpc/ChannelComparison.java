package dev.weft.benchmarks.grpc;

import dev.weft.benchmarks.compare.Comparison;
import dev.weft.benchmarks.compare.Contender;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.stub.ClientCalls;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Measures a unary call with an answer of 1 KB and a deadline of a minute over each channel to three endpoints, at one call and at sixteen
 * calls at a time.
 *
 * <p>Arguments: seconds of one round (2), number of rounds (7).
 */
public final class ChannelComparison {
    private static final byte[] QUESTION = new byte[64];

    private ChannelComparison() {}

    public static void main(String[] args) throws Exception {
        long millis = args.length > 0 ? Math.round(Double.parseDouble(args[0]) * 1000) : 2_000;
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 7;
        try (Far far = Far.start(3)) {
            List<Contender> contenders = new ArrayList<>();
            for (Channels kind : Channels.values()) {
                ManagedChannel channel = kind.to(far);
                first(channel);
                contenders.add(new Contender(kind.words, () -> call(channel)));
            }
            for (int threads : new int[] {1, 16}) {
                Comparison.run(contenders, threads, millis, rounds);
            }
        }
        System.exit(0);
    }

    /** Waits until the channel knows where to go, however busy the machine is. */
    static void first(ManagedChannel channel) {
        call(channel, CallOptions.DEFAULT.withWaitForReady());
    }

    static int call(ManagedChannel channel) {
        return call(channel, CallOptions.DEFAULT);
    }

    private static int call(ManagedChannel channel, CallOptions base) {
        CallOptions options = base.withDeadlineAfter(60, TimeUnit.SECONDS);
        return ClientCalls.blockingUnaryCall(channel, Echo.SAY, options, QUESTION).length;
    }
}
