package dev.weft.spring.client;

import java.lang.reflect.Method;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.ExecutableMode;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.AbstractClientHttpRequestFactoryWrapper;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.util.ReflectionUtils;
import org.springframework.web.client.RestClient;

/** For native images: what {@code dev.weft.http.spring} reads of Spring's clients, and the proxy of their builder. */
final class SpringClientHints implements RuntimeHintsRegistrar {
    private static final List<String> READ = List.of(
            "org.springframework.web.client.DefaultRestClient",
            "org.springframework.http.client.HttpComponentsClientHttpRequestFactory",
            "org.springframework.http.client.JdkClientHttpRequestFactory",
            "org.springframework.http.client.JettyClientHttpRequestFactory",
            "org.springframework.http.client.ReactorClientHttpRequestFactory",
            "org.springframework.http.client.SimpleClientHttpRequestFactory");

    @Override
    public void registerHints(RuntimeHints hints, @Nullable ClassLoader loader) {
        READ.forEach(
                type -> hints.reflection().registerTypeIfPresent(loader, type, MemberCategory.ACCESS_DECLARED_FIELDS));
        Method create = ReflectionUtils.findMethod(
                AbstractClientHttpRequestFactoryWrapper.class,
                "createRequest",
                URI.class,
                HttpMethod.class,
                ClientHttpRequestFactory.class);
        if (create != null) {
            hints.reflection().registerMethod(create, ExecutableMode.INVOKE);
        }
        hints.proxies().registerJdkProxy(RestClient.Builder.class);
    }
}
