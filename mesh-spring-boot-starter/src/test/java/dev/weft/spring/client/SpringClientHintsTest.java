package dev.weft.spring.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

final class SpringClientHintsTest {
    @Test
    void whatIsReadByReflectionIsThereInANativeImage() throws Exception {
        RuntimeHints hints = new RuntimeHints();
        new SpringClientHints().registerHints(hints, getClass().getClassLoader());

        assertThat(RuntimeHintsPredicates.reflection()
                        .onFieldAccess("org.springframework.web.client.DefaultRestClient", "clientRequestFactory"))
                .accepts(hints);
        assertThat(RuntimeHintsPredicates.reflection().onFieldAccess(JdkClientHttpRequestFactory.class, "readTimeout"))
                .accepts(hints);
        assertThat(RuntimeHintsPredicates.proxies().forInterfaces(RestClient.Builder.class))
                .accepts(hints);
    }
}
