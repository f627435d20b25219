package dev.weft.spring.declared;

import org.springframework.core.Ordered;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientHttpServiceGroupConfigurer;

/** Groups of blocking interfaces. */
final class RestGroups implements RestClientHttpServiceGroupConfigurer {
    private final DeclaredGroups declared;

    RestGroups(DeclaredGroups declared) {
        this.declared = declared;
    }

    /** Before {@code spring.http.serviceclient} and the application's own, so that their base URL wins. */
    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

    @Override
    public void configureGroups(Groups<RestClient.Builder> groups) {
        declared.configure(groups, RestClient.Builder::baseUrl);
    }
}
