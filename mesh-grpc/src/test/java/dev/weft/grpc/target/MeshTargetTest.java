package dev.weft.grpc.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.Mesh;
import dev.weft.grpc.MeshChannel;
import dev.weft.http.kit.Eventually;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.MethodDescriptor;
import io.grpc.NameResolverRegistry;
import io.grpc.netty.NettyChannelBuilder;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class MeshTargetTest {

    @Test
    void callsToANameOfTheMeshAreTheMeshs() throws Exception {
        try (Party party = Party.with(new EchoServer("one"), new EchoServer("two"))) {
            AtomicInteger seen = new AtomicInteger();
            ManagedChannel channel =
                    party.channel(party.builder("mesh:///reviews:9080").intercept(new Counting(seen)));
            Set<String> answers = new TreeSet<>();
            for (int i = 0; i < 4; i++) {
                answers.add(Party.call(channel));
            }
            assertThat(answers).containsExactly("one as reviews:9080", "two as reviews:9080");
            party.observer.awaitCalls(4);
            assertThat(seen).hasValue(4);
        }
    }

    @Test
    void aBuilderIsWrappedAsAnyClientIs() throws Exception {
        try (Party party = Party.with(new EchoServer("one"))) {
            NettyChannelBuilder builder = party.mesh.wrap(NettyChannelBuilder.forTarget("mesh:///reviews:9080"));
            assertThat(Party.call(party.channel(builder))).isEqualTo("one as reviews:9080");
            assertThat(Party.call(party.channel(MeshChannel.builder(party.mesh, "reviews:9080"))))
                    .isEqualTo("one as reviews:9080");
        }
    }

    @Test
    void anAuthorityOfTheCallersOwnReachesTheServerOfTheNameThatWasDialled() throws Exception {
        try (Party party = Party.with(new EchoServer("one"))) {
            ManagedChannel channel =
                    party.channel(party.builder("mesh:///reviews:9080").overrideAuthority("reviews"));
            assertThat(channel.authority()).isEqualTo("reviews");
            assertThat(Party.call(channel)).isEqualTo("one as reviews");
            assertThat(Party.call(party.channel("mesh:///reviews:9080"), CallOptions.DEFAULT.withAuthority("reviews")))
                    .isEqualTo("one as reviews");
        }
    }

    @Test
    void whoseNameIsUnknownIsRefusedUntilItIsKnown() throws Exception {
        try (EchoServer late = new EchoServer("late");
                Party party = new Party(Party.nothing())) {
            ManagedChannel channel = party.channel("mesh:///reviews:9080");
            assertThat(Party.call(channel, CallOptions.DEFAULT.withWaitForReady()))
                    .startsWith("UNAVAILABLE: mesh:///reviews:9080: the mesh knows no such name and port");
            party.source.set(Party.reviews(late));
            Party.soon(channel, "late as reviews:9080");
            party.source.set(Party.nothing());
            Party.soon(channel, "the mesh knows no such name and port");
        }
    }

    @Test
    void whoWritesAPortThatTheNameHasNotIsToldWhichItHas() throws Exception {
        try (Party party = Party.with(new EchoServer("one"))) {
            assertThat(Party.call(party.channel("mesh:///reviews:9999")))
                    .isEqualTo(
                            "UNAVAILABLE: mesh:///reviews:9999: the mesh knows no such name and port; that name has the ports [9080]");
        }
    }

    @Test
    void aBareTargetIsTheGlobalMeshs() throws Exception {
        try (Party party = Party.with(new EchoServer("one"))) {
            ManagedChannel early = party.channel(
                    NettyChannelBuilder.forTarget("mesh:///reviews:9080").usePlaintext());
            assertThat(Party.call(early))
                    .contains(
                            "no mesh for mesh:///reviews:9080: wrap the builder, mesh.wrap(builder), or call mesh.makeGlobal()"
                                    + " before the channel is built");
            party.mesh.makeGlobal();
            assertThat(Mesh.global()).contains(party.mesh);
            assertThat(Party.call(early)).isEqualTo("one as reviews:9080");
            assertThat(Party.call(party.channel(
                            Grpc.newChannelBuilder("mesh:///reviews:9080", InsecureChannelCredentials.create()))))
                    .isEqualTo("one as reviews:9080");
            // Told nothing about TLS, it would encrypt by itself.
            assertThat(Party.call(party.channel(ManagedChannelBuilder.forTarget("mesh:///reviews:9080"))))
                    .isEqualTo("one as reviews:9080");
        }
        assertThat(Mesh.global()).isEmpty();
    }

    @Test
    void otherTargetsGetTheTransportThatTheyWouldHaveHad() throws Exception {
        try (Party party = Party.with();
                EchoServer outside = new EchoServer("outside")) {
            int port = outside.address().getPort();
            assertThat(ManagedChannelBuilder.forAddress("localhost", port)
                            .getClass()
                            .getName())
                    .endsWith("NettyChannelBuilder");
            assertThat(Party.call(party.channel(
                            Grpc.newChannelBuilder("localhost:" + port, InsecureChannelCredentials.create()))))
                    .isEqualTo("outside as localhost:" + port);
            assertThat(Party.call(party.channel(ManagedChannelBuilder.forTarget("dns:///localhost:" + port)
                            .usePlaintext())))
                    .isEqualTo("outside as localhost:" + port);
            assertThat(NameResolverRegistry.getDefaultRegistry().getDefaultScheme())
                    .isEqualTo("dns");
        }
    }

    @Test
    void aTargetThatIsNoneIsAnErrorAtOnce() throws Exception {
        try (Party party = Party.with()) {
            for (String target : new String[] {"mesh:///", "mesh://reviews:9080", "mesh:reviews", "mesh:///a/b"}) {
                assertThatThrownBy(() -> party.channel(target))
                        .as(target)
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("one like mesh:///reviews:9090 was expected");
            }
            for (String name :
                    new String[] {"", "http://reviews", "mesh:///reviews", ":9080", "reviews:99999", "reviews:http"}) {
                assertThatThrownBy(() -> MeshChannel.builder(party.mesh, name))
                        .as(name)
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("one like reviews:9090 was expected");
            }
        }
    }

    @Test
    void aBuilderThatTakesNoConfigurationSaysSo() throws Exception {
        try (Party party = Party.with(new EchoServer("one"))) {
            assertThat(Party.call(
                            party.channel(party.builder("mesh:///reviews:9080").disableServiceConfigLookUp())))
                    .startsWith("UNAVAILABLE")
                    .contains("mesh:///reviews:9080", "disableServiceConfigLookUp()");
        }
    }

    @Test
    void theMeshRetriesAndNotGrpc() throws Exception {
        try (Party party = Party.with(new EchoServer("one"))) {
            Streams streams = new Streams();
            ManagedChannel channel = party.channel(party.builder("mesh:///reviews:9080"));
            assertThat(Party.call(channel, CallOptions.DEFAULT.withStreamTracerFactory(streams)))
                    .isEqualTo("one as reviews:9080");
            // The stream of a call that gRPC may retry bears a tracer of gRPC's own, which measures its buffer.
            assertThat(streams.foreign).isZero();
        }
    }

    private record Counting(AtomicInteger calls) implements ClientInterceptor {
        @Override
        public <Q, R> ClientCall<Q, R> interceptCall(MethodDescriptor<Q, R> method, CallOptions options, Channel next) {
            calls.incrementAndGet();
            return next.newCall(method, options);
        }
    }

    @Test
    void aChannelIsReadyBeforeItsFirstCallBecauseNothingIsToBeWaitedFor() throws Exception {
        try (Party party = Party.with(new EchoServer("one"))) {
            ManagedChannel channel = party.channel("mesh:///reviews:9080");
            Eventually.is("ready", () -> channel.getState(true) == io.grpc.ConnectivityState.READY);
        }
    }
}
