package dev.weft.spring.declared;

import org.springframework.core.Ordered;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.support.WebClientHttpServiceGroupConfigurer;

/** Groups of interfaces of which a method is reactive. */
final class WebGroups implements WebClientHttpServiceGroupConfigurer {
    private final DeclaredGroups declared;

    WebGroups(DeclaredGroups declared) {
        this.declared = declared;
    }

    /** Before {@code spring.http.serviceclient} and the application's own, so that their base URL wins. */
    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

    @Override
    public void configureGroups(Groups<WebClient.Builder> groups) {
        declared.configure(groups, WebClient.Builder::baseUrl);
    }
}
