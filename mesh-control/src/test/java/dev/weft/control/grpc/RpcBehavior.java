package dev.weft.control.grpc;

import static dev.weft.control.grpc.TestService.BEHAVIOR;

import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/**
 * What gRPC's interop server does by the words of the {@code rpc-behavior} header: {@code sleep-N} (milliseconds here), {@code keep-open},
 * {@code error-code-N}, {@code succeed-on-retry-attempt-N}, each after {@code hostname=NAME } if it is for one server only. Otherwise it
 * answers with its name and that of its caller.
 */
final class RpcBehavior implements ServerCallHandler<String, String> {
    private static final ScheduledExecutorService LATER = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "interop-server-later");
        thread.setDaemon(true);
        return thread;
    });
    private static final Metadata.Key<String> PREVIOUS_ATTEMPTS = TestService.key("grpc-previous-rpc-attempts");

    private final String hostname;
    /** Calls that have come whole and are not over. */
    final AtomicInteger open = new AtomicInteger();

    RpcBehavior(String hostname) {
        this.hostname = hostname;
    }

    ServerServiceDefinition service() {
        return ServerServiceDefinition.builder(TestService.NAME)
                .addMethod(TestService.UNARY, this)
                .addMethod(TestService.EMPTY, this)
                .build();
    }

    @Override
    public ServerCall.Listener<String> startCall(ServerCall<String, String> call, Metadata headers) {
        AtomicBoolean over = new AtomicBoolean();
        Runnable end = () -> {
            if (over.compareAndSet(false, true)) {
                open.decrementAndGet();
            }
        };
        open.incrementAndGet();
        call.request(1);
        return new ServerCall.Listener<>() {
            @Override
            public void onHalfClose() {
                follow(call, headers, end);
            }

            @Override
            public void onCancel() {
                end.run();
            }
        };
    }

    private void follow(ServerCall<String, String> call, Metadata headers, Runnable end) {
        long delay = 0;
        Iterable<String> values = headers.getAll(BEHAVIOR);
        if (values != null) {
            for (String value : values) {
                for (String word : value.split(",")) {
                    String what = forMe(word.strip());
                    if (what.startsWith("sleep-")) {
                        delay += number(what);
                    } else if (what.equals("keep-open")) {
                        return;
                    } else if (what.startsWith("error-code-")) {
                        close(call, Status.fromCodeValue(number(what)).withDescription("by rpc-behavior"), end);
                        return;
                    } else if (what.startsWith("succeed-on-retry-attempt-")
                            && String.valueOf(number(what)).equals(headers.get(PREVIOUS_ATTEMPTS))) {
                        answer(call, end);
                        return;
                    }
                }
            }
        }
        if (delay > 0) {
            LATER.schedule(() -> answer(call, end), delay, TimeUnit.MILLISECONDS);
        } else {
            answer(call, end);
        }
    }

    private String forMe(String word) {
        if (!word.startsWith("hostname=")) {
            return word;
        }
        String mine = "hostname=" + hostname + " ";
        return word.startsWith(mine) ? word.substring(mine.length()) : "";
    }

    private static int number(String word) {
        return Integer.parseInt(word.substring(word.lastIndexOf('-') + 1));
    }

    private void answer(ServerCall<String, String> call, Runnable end) {
        if (!call.isCancelled()) {
            Metadata head = new Metadata();
            head.put(TestService.HOSTNAME, hostname);
            call.sendHeaders(head);
            call.sendMessage(hostname + " " + caller(call));
            close(call, Status.OK, end);
        }
    }

    private static void close(ServerCall<String, String> call, Status status, Runnable end) {
        end.run();
        call.close(status, new Metadata());
    }

    /** The first URI in the caller's certificate, {@code tls} without one, {@code plaintext}. */
    private static String caller(ServerCall<String, String> call) {
        SSLSession session = call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION);
        if (session == null) {
            return "plaintext";
        }
        try {
            return Certificates.uri(session.getPeerCertificates());
        } catch (SSLPeerUnverifiedException e) {
            return "tls";
        }
    }
}
