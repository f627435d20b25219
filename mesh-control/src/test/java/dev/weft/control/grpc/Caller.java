package dev.weft.control.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Calls over a channel. */
final class Caller {
    /** Of a call whose deadline is not the subject. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final int BLOCK = 10;

    private final Channel channel;
    private final Metadata headers = new Metadata();
    private final MethodDescriptor<String, String> method;
    private final Duration deadline;

    Caller(Channel channel) {
        this(channel, new Metadata(), TestService.UNARY, PATIENCE);
    }

    private Caller(Channel channel, Metadata headers, MethodDescriptor<String, String> method, Duration deadline) {
        this.channel = channel;
        this.headers.merge(headers);
        this.method = method;
        this.deadline = deadline;
    }

    Caller with(String header, String value) {
        Metadata more = new Metadata();
        more.merge(headers);
        more.put(TestService.key(header), value);
        return new Caller(channel, more, method, deadline);
    }

    Caller behaving(String words) {
        return with("rpc-behavior", words);
    }

    Caller method(MethodDescriptor<String, String> other) {
        return new Caller(channel, headers, other, deadline);
    }

    Caller within(Duration other) {
        return new Caller(channel, headers, method, other);
    }

    /** A call that runs; cancelling the future ends it. */
    CompletableFuture<Ending> begin() {
        ClientCall<String, String> call = channel.newCall(
                method, CallOptions.DEFAULT.withDeadlineAfter(deadline.toMillis(), TimeUnit.MILLISECONDS));
        CompletableFuture<Ending> end = new CompletableFuture<>();
        Metadata sent = new Metadata();
        sent.merge(headers);
        call.start(
                new ClientCall.Listener<>() {
                    private String server = "";
                    private String text = "";

                    @Override
                    public void onHeaders(Metadata head) {
                        String name = head.get(TestService.HOSTNAME);
                        server = name == null ? "" : name;
                    }

                    @Override
                    public void onMessage(String message) {
                        text = message;
                    }

                    @Override
                    public void onClose(Status status, Metadata trailers) {
                        end.complete(new Ending(status, text, server));
                    }
                },
                sent);
        end.whenComplete((ending, failure) -> {
            if (failure != null) {
                call.cancel("given up", failure);
            }
        });
        call.sendMessage("hello");
        call.halfClose();
        call.request(2);
        return end;
    }

    List<CompletableFuture<Ending>> begin(int times) {
        List<CompletableFuture<Ending>> begun = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            begun.add(begin());
        }
        return begun;
    }

    Ending call() {
        return begin().join();
    }

    /** How many of so many calls, one after the other, were answered by whom; failures under {@code !CODE}. */
    Map<String, Integer> calls(int times) {
        Map<String, Integer> ends = new TreeMap<>();
        for (int i = 0; i < times; i++) {
            ends.merge(call().where(), 1, Integer::sum);
        }
        return ends;
    }

    /** The same, all at once. */
    Map<String, Integer> atOnce(int times) {
        Map<String, Integer> ends = new TreeMap<>();
        begin(times).forEach(call -> ends.merge(call.join().where(), 1, Integer::sum));
        return ends;
    }

    /** Calls until all of a block of calls are answered by these servers, and each of them has answered. */
    void until(Set<String> names) {
        Eventually.is("calls end at " + names, () -> calls(BLOCK).keySet(), names);
    }

    void until(List<InteropServer> servers) {
        until(names(servers));
    }

    /** The same; a failed call on the way is an error. */
    void moveTo(List<InteropServer> servers) {
        Eventually.is(
                "calls end at " + names(servers),
                () -> {
                    Set<String> ends = calls(BLOCK).keySet();
                    assertThat(ends).as("failed calls").noneMatch(end -> end.startsWith("!"));
                    return ends;
                },
                names(servers));
    }

    static Set<String> names(List<InteropServer> servers) {
        return servers.stream().map(server -> server.name).collect(Collectors.toSet());
    }
}
