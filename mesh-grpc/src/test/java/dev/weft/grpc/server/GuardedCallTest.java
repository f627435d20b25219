package dev.weft.grpc.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.config.HeaderOps;
import dev.weft.config.HeaderOps.Action;
import dev.weft.config.HeaderOps.Setting;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an authorizer wants added to answers. */
final class GuardedCallTest {
    private final List<String> sent = new ArrayList<>();
    private final GuardedCall<String, String> call = new GuardedCall<>(
            new ServerCall<>() {
                @Override
                public void sendHeaders(Metadata headers) {
                    sent.add("headers " + headers.keys());
                }

                @Override
                public void close(Status status, Metadata trailers) {
                    sent.add(status.getCode() + " " + trailers.keys());
                }

                @Override
                public void request(int messages) {}

                @Override
                public void sendMessage(String message) {}

                @Override
                public boolean isCancelled() {
                    return false;
                }

                @Override
                public MethodDescriptor<String, String> getMethodDescriptor() {
                    return Texts.UNARY;
                }
            },
            new CallBook(null, "", new Metadata()));

    GuardedCallTest() {
        call.changes(new HeaderOps(List.of(new Setting("x-seen", "1", Action.APPEND)), List.of()));
    }

    @Test
    void isAmongTheHeadersAndNotAgainAmongTheTrailers() {
        call.sendHeaders(new Metadata());
        call.close(Status.OK, new Metadata());
        assertThat(sent).containsExactly("headers [x-seen]", "OK []");
    }

    @Test
    void isAmongTheTrailersOfAnAnswerThatHasNoHeaders() {
        call.close(Status.NOT_FOUND, new Metadata());
        assertThat(sent).containsExactly("NOT_FOUND [x-seen]");
    }

    @Test
    void aHandlerThatFailsAfterItHasClosedChangesNothing() {
        call.close(Status.OK, new Metadata());
        call.failed(Status.UNKNOWN);
        assertThat(sent).containsExactly("OK [x-seen]");
    }
}
