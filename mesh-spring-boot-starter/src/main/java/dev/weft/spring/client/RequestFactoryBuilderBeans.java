package dev.weft.spring.client;

import dev.weft.http.spring.KnownSettings;
import dev.weft.http.spring.SpringClients;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.HttpRedirects;
import org.springframework.http.client.ClientHttpRequestFactory;

/**
 * The builder from which Boot makes the factories of all its clients. Here, and not when the factory is there, can be known which
 * settings it was built with.
 */
record RequestFactoryBuilderBeans(SpringClients clients, DeclaredTypes types) implements FirstPostProcessor {
    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        return bean instanceof ClientHttpRequestFactoryBuilder<?> builder
                        && types.isDeclaredAs(name, ClientHttpRequestFactoryBuilder.class)
                ? new Meshed(clients, builder)
                : bean;
    }

    private record Meshed(SpringClients clients, ClientHttpRequestFactoryBuilder<?> builder)
            implements ClientHttpRequestFactoryBuilder<ClientHttpRequestFactory> {
        @Override
        public ClientHttpRequestFactory build(@Nullable HttpClientSettings settings) {
            return clients.wrap(builder.build(settings), known(settings));
        }

        private static KnownSettings known(@Nullable HttpClientSettings settings) {
            return settings == null
                    ? KnownSettings.NONE
                    : new KnownSettings(settings.readTimeout(), settings.redirects() != HttpRedirects.DONT_FOLLOW);
        }
    }
}
