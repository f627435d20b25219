package dev.weft.spring.client;

import dev.weft.http.spring.SpringClients;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;

/** Beans of the application that Spring's blocking clients are, or are made of. */
final class SpringWebBeans implements FirstPostProcessor {
    private static final Logger log = LoggerFactory.getLogger(SpringWebBeans.class);

    private final SpringClients clients;
    private final DeclaredTypes types;

    SpringWebBeans(SpringClients clients, DeclaredTypes types) {
        this.clients = clients;
        this.types = types;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        if (bean instanceof RestClient.Builder builder) {
            return clients.wrap(builder);
        }
        if (bean instanceof RestTemplate template) {
            return clients.wrap(template);
        }
        if (bean instanceof ClientHttpRequestFactory factory) {
            return types.isDeclaredAs(name, ClientHttpRequestFactory.class) ? clients.wrap(factory) : bean;
        }
        return bean instanceof RestClient client ? wrap(client, name) : bean;
    }

    private RestClient wrap(RestClient client, String name) {
        try {
            return clients.wrap(client);
        } catch (IllegalArgumentException e) {
            log.warn("bean {} does not use the mesh: {}", name, e.getMessage());
            return client;
        }
    }
}
