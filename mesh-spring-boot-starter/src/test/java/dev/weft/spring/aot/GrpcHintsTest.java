package dev.weft.spring.aot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.aot.hint.predicate.RuntimeHintsPredicates.reflection;
import static org.springframework.aot.hint.predicate.RuntimeHintsPredicates.resource;

import dev.weft.grpc.link.MeshLoadBalancerProvider;
import dev.weft.grpc.target.MeshNameResolverProvider;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.core.io.support.SpringFactoriesLoader;

/** What a native image is told to keep of gRPC. */
class GrpcHintsTest {
    private final RuntimeHints hints = new RuntimeHints();

    GrpcHintsTest() {
        new GrpcHints().registerHints(hints, getClass().getClassLoader());
    }

    @Test
    void whatIsReadOfBuildersByReflection() throws Exception {
        for (String builder : List.of("NettyChannelBuilder", "NettyServerBuilder")) {
            for (String transport : List.of("io.grpc.netty.", "io.grpc.netty.shaded.io.grpc.netty.")) {
                assertThat(reflection().onFieldAccess(transport + builder, "protocolNegotiatorFactory"))
                        .accepts(hints);
            }
        }
        assertThat(reflection().onMethodInvocation("io.grpc.netty.ProtocolNegotiator$ClientFactory", "newNegotiator"))
                .accepts(hints);
        assertThat(reflection().onMethodInvocation("io.grpc.netty.NettyServerBuilder", "delegate"))
                .accepts(hints);
        assertThat(reflection().onFieldAccess("io.grpc.internal.ServerImplBuilder", "fallbackRegistry"))
                .accepts(hints);
    }

    @Test
    void whatGrpcFindsByName() {
        assertThat(resource().forResource("META-INF/services/io.grpc.NameResolverProvider"))
                .accepts(hints);
        for (Class<?> provider : List.of(MeshNameResolverProvider.class, MeshLoadBalancerProvider.class)) {
            assertThat(reflection().onType(provider).withMemberCategory(MemberCategory.INVOKE_DECLARED_CONSTRUCTORS))
                    .accepts(hints);
        }
    }

    @Test
    void springFindsThem() {
        assertThat(SpringFactoriesLoader.forResourceLocation("META-INF/spring/aot.factories")
                        .load(RuntimeHintsRegistrar.class))
                .hasAtLeastOneElementOfType(GrpcHints.class);
    }
}
