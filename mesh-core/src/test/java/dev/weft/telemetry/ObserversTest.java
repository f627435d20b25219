package dev.weft.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.request.Headers;
import dev.weft.request.RequestHead;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ObserversTest {
    private final List<String> heard = new ArrayList<>();

    private final MeshObserver failing = new MeshObserver() {
        @Override
        public CallObserver call(RequestHead head) {
            throw new IllegalStateException("broken sink");
        }

        @Override
        public InboundObserver inbound(RequestHead head) {
            return new InboundObserver() {
                @Override
                public Scope enter() {
                    throw new IllegalStateException("broken scope");
                }
            };
        }
    };

    private final MeshObserver hearing = new MeshObserver() {
        @Override
        public CallObserver call(RequestHead head) {
            return new CallObserver() {
                @Override
                public void finished(CallSummary summary) {
                    heard.add("call " + summary.status());
                }
            };
        }

        @Override
        public InboundObserver inbound(RequestHead head) {
            return new InboundObserver() {
                @Override
                public Scope enter() {
                    heard.add("enter");
                    return () -> heard.add("leave");
                }
            };
        }
    };

    @Test
    void anObserverThatThrowsFailsNobodyElse() {
        MeshObserver all = Observers.of(List.of(failing, hearing));
        MeshObserver.CallObserver call = all.call(Calls.get());
        call.attempt("PRIMARY", 1, Calls.host("v1"), Headers.builder()).finished(200, null);
        call.finished(Calls.finished(Calls.get(), null, 200, Set.of(), null));
        try (MeshObserver.Scope scope = all.inbound(Calls.get()).enter()) {
            assertThat(scope).isNotNull();
        }
        assertThat(heard).containsExactly("call 200", "enter", "leave");
    }

    @Test
    void whoHearsNothingCostsNothing() {
        MeshObserver all = Observers.of(List.of(new MeshObserver() {}));
        assertThat(all.call(Calls.get())).isSameAs(MeshObserver.CallObserver.NONE);
        assertThat(all.destination(Calls.CLUSTER)).isSameAs(MeshObserver.DestinationObserver.NONE);
    }
}
