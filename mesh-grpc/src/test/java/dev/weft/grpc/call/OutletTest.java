package dev.weft.grpc.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.ClientCall;
import io.grpc.Metadata;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** gRPC never frees the buffer of a unary request that was cancelled between its message and its end. */
class OutletTest {
    private final List<String> heard = new ArrayList<>();

    private Runnable meanwhile = () -> {};

    private Outlet<String> outlet(boolean oneMessage) {
        Outlet<String> outlet = new Outlet<>(oneMessage);
        outlet.begun(new ClientCall<String, String>() {
            @Override
            public void start(Listener<String> listener, Metadata headers) {}

            @Override
            public void request(int messages) {}

            @Override
            public void cancel(String message, Throwable cause) {
                heard.add("cancel");
            }

            @Override
            public void halfClose() {
                heard.add("end");
            }

            @Override
            public void sendMessage(String message) {
                meanwhile.run();
                heard.add(message);
            }
        });
        return outlet;
    }

    @Test
    void aRequestOfOneMessageLeavesWithItsEnd() {
        Outlet<String> outlet = outlet(true);
        outlet.message("hello");
        assertThat(heard).isEmpty();
        outlet.halfClose();
        assertThat(heard).containsExactly("hello", "end");
    }

    @Test
    void oneThatIsStoppedBeforeItsEndLeavesNot() {
        Outlet<String> outlet = outlet(true);
        outlet.message("hello");
        outlet.stop();
        outlet.halfClose();
        assertThat(heard).containsExactly("cancel");
    }

    @Test
    void aStopWaitsForWhatIsBeingWritten() {
        Outlet<String> outlet = outlet(true);
        meanwhile = outlet::stop;
        outlet.message("hello");
        outlet.halfClose();
        assertThat(heard).containsExactly("hello", "end", "cancel");
    }

    @Test
    void messagesOfAStreamLeaveAtOnceAndNoneAfterItsStop() {
        Outlet<String> outlet = outlet(false);
        outlet.message("one");
        outlet.stop();
        outlet.message("two");
        outlet.halfClose();
        assertThat(heard).containsExactly("one", "cancel");
    }
}
