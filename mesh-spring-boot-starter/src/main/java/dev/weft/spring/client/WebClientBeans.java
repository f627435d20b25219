package dev.weft.spring.client;

import dev.weft.http.spring.reactive.WebClients;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.reactive.function.client.WebClient;

/** WebClients of the application, and builders of them. */
final class WebClientBeans implements FirstPostProcessor {
    private static final Logger log = LoggerFactory.getLogger(WebClientBeans.class);

    private final WebClients clients;

    WebClientBeans(WebClients clients) {
        this.clients = clients;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        if (bean instanceof WebClient.Builder builder) {
            return clients.wrap(builder);
        }
        return bean instanceof WebClient client ? wrap(client, name) : bean;
    }

    private WebClient wrap(WebClient client, String name) {
        try {
            return clients.wrap(client);
        } catch (IllegalArgumentException e) {
            log.warn("bean {} does not use the mesh: {}", name, e.getMessage());
            return client;
        }
    }
}
