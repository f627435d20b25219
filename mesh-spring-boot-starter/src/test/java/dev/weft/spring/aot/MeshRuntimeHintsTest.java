package dev.weft.spring.aot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.aot.hint.predicate.RuntimeHintsPredicates.reflection;
import static org.springframework.aot.hint.predicate.RuntimeHintsPredicates.resource;

import com.google.protobuf.Any;
import dev.weft.http.jdk.JdkClientAdapter;
import dev.weft.proto.envoy.config.route.v3.RouteConfiguration;
import dev.weft.proto.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import dev.weft.spring.ClientProperties;
import dev.weft.spring.MeshClient;
import dev.weft.spring.MeshProperties;
import org.junit.jupiter.api.Test;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.core.io.support.SpringFactoriesLoader;

/** What a native image is told to keep. */
class MeshRuntimeHintsTest {
    private final RuntimeHints hints = new RuntimeHints();

    MeshRuntimeHintsTest() {
        new MeshRuntimeHints().registerHints(hints, getClass().getClassLoader());
    }

    @Test
    void adaptersAndTheFilesThatNameThem() {
        assertThat(resource().forResource("META-INF/services/dev.weft.MeshAdapter"))
                .accepts(hints);
        assertThat(resource().forResource("META-INF/services/dev.weft.CourierProvider"))
                .accepts(hints);
        assertThat(reflection()
                        .onType(JdkClientAdapter.class)
                        .withMemberCategory(MemberCategory.INVOKE_DECLARED_CONSTRUCTORS))
                .accepts(hints);
    }

    @Test
    void annotationsAndSettings() {
        assertThat(reflection().onType(MeshClient.class).withMemberCategory(MemberCategory.INVOKE_DECLARED_METHODS))
                .accepts(hints);
        assertThat(reflection().onType(MeshProperties.class)).accepts(hints);
        assertThat(reflection().onType(ClientProperties.class)).accepts(hints);
        assertThat(reflection().onType(ClientProperties.Retry.class)).accepts(hints);
    }

    @Test
    void messagesAndTheirBuilders() {
        for (Class<?> type : new Class<?>[] {
            Any.class,
            DeltaDiscoveryResponse.class,
            DeltaDiscoveryResponse.Builder.class,
            RouteConfiguration.class,
            RouteConfiguration.Builder.class
        }) {
            assertThat(reflection().onType(type).withMemberCategory(MemberCategory.INVOKE_PUBLIC_METHODS))
                    .as(type.getName())
                    .accepts(hints);
        }
    }

    @Test
    void springFindsThem() {
        assertThat(SpringFactoriesLoader.forResourceLocation("META-INF/spring/aot.factories")
                        .load(org.springframework.aot.hint.RuntimeHintsRegistrar.class))
                .hasAtLeastOneElementOfType(MeshRuntimeHints.class);
    }
}
