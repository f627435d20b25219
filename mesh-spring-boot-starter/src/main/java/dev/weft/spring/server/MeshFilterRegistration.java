package dev.weft.spring.server;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import java.util.EnumSet;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.core.PriorityOrdered;

/**
 * Registers the mesh's filter as the first of all: who may not call must not reach a filter of the application either, Spring Security's
 * and those that believe forwarded fields among them, and what they do is part of the request's time and trace. {@link PriorityOrdered}
 * comes before whatever else has the highest precedence.
 */
final class MeshFilterRegistration extends FilterRegistrationBean<Filter> implements PriorityOrdered {
    MeshFilterRegistration(Filter filter) {
        super(filter);
        setName("mesh");
        setOrder(HIGHEST_PRECEDENCE);
        setAsyncSupported(true);
        setDispatcherTypes(EnumSet.allOf(DispatcherType.class));
        addUrlPatterns("/*");
    }
}
