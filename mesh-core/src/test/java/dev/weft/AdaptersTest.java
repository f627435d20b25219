package dev.weft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Clients and servers find their adapters. */
final class AdaptersTest {
    private final Meshes meshes = new Meshes();
    private final RunningMesh mesh = meshes.start();

    @Test
    void whoKnowsAClientWrapsItOnce() {
        StringBuilder client = new StringBuilder("client");
        StringBuilder wrapped = mesh.wrap(client);

        assertThat(wrapped).hasToString("meshed client");
        assertThat(mesh.wrap(wrapped)).isSameAs(wrapped);
        assertThat(mesh.wrap(client)).isSameAs(wrapped);
    }

    @Test
    void everyClientIsItsOwn() {
        StringBuilder one = mesh.wrap(new StringBuilder("a"));
        assertThat(mesh.wrap(new StringBuilder("a"))).isNotSameAs(one);
    }

    @Test
    void aServerThatIsConfiguredInPlaceComesBackAsItself() {
        StringBuffer server = new StringBuffer();
        assertThat(mesh.guard(server)).isSameAs(server);
        assertThat(mesh.guard(server)).isSameAs(server);
    }

    @Test
    void whomNobodyKnowsIsToldWhatThereIs() {
        assertThatThrownBy(() -> mesh.wrap(Integer.valueOf(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "no adapter for java.lang.Integer; on the class path: Greeter; add dev.weft:mesh-http for HTTP clients"
                                + " and servers, dev.weft:mesh-grpc for io.grpc builders, or a MeshAdapter of your own");
        assertThatThrownBy(() -> mesh.guard(Integer.valueOf(1)))
                .hasMessageContaining("no adapter for java.lang.Integer");
    }

    @Test
    void anAdapterIsFoundOnTheClassPathOrNoneIs() {
        assertThatThrownBy(() -> Adapters.found().wrap(mesh, Integer.valueOf(1)))
                .hasMessageContaining("on the class path: none");
    }

    @Test
    void sharedPartsAreMadeOnceAndClosedInReverseOrder() {
        List<String> closed = new ArrayList<>();
        AutoCloseable first = mesh.shared(AutoCloseable.class, owner -> () -> closed.add("first"));
        assertThat(mesh.shared(AutoCloseable.class, owner -> () -> closed.add("never")))
                .isSameAs(first);
        mesh.shared(Failing.class, owner -> new Failing());
        mesh.shared(Second.class, owner -> () -> closed.add("second"));
        mesh.close();

        assertThat(closed).containsExactly("second", "first");
        assertThatThrownBy(() -> mesh.shared(AutoCloseable.class, owner -> () -> {}))
                .isInstanceOf(MeshException.Closed.class);
        assertThatThrownBy(() -> mesh.wrap(new StringBuilder())).isInstanceOf(MeshException.Closed.class);
    }

    private interface Second extends AutoCloseable {}

    private static final class Failing implements AutoCloseable {
        @Override
        public void close() {
            throw new IllegalStateException("does not want to");
        }
    }
}
