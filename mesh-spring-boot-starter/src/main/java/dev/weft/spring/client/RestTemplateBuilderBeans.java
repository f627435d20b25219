package dev.weft.spring.client;

import dev.weft.http.spring.SpringClients;
import org.springframework.boot.restclient.RestTemplateBuilder;

/** Builders of RestTemplates, whose products are wrapped when everything else about them is settled. */
record RestTemplateBuilderBeans(SpringClients clients) implements FirstPostProcessor {
    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        return bean instanceof RestTemplateBuilder builder ? builder.additionalCustomizers(clients::wrap) : bean;
    }
}
