package dev.weft.spring.server;

import dev.weft.spring.InboundProperties;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Import;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * The server of a management port of its own, guarded like the application's where {@code mesh.inbound.exclude-ports} does not name it, or
 * where its TLS is to be the mesh's.
 */
@ManagementContextConfiguration(value = ManagementContextType.CHILD, proxyBeanMethods = false)
@Conditional(GuardedManagement.Wanted.class)
@Import({
    GuardedServers.OnTomcat.class,
    GuardedServers.OnJetty.class,
    GuardedServers.OnNetty.class,
    GuardedServlets.class,
    GuardedWebFlux.class
})
public class GuardedManagement {

    /** Whether the application's servers are guarded and this one is not left out. */
    static final class Wanted implements Condition {
        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            InboundProperties settings =
                    Binder.get(context.getEnvironment()).bindOrCreate("mesh.inbound", InboundProperties.class);
            boolean guarded = context.getBeanFactory() != null
                    && context.getBeanFactory().getParentBeanFactory() != null
                    && context.getBeanFactory().getParentBeanFactory().getBeanProvider(MeshTls.class).stream()
                            .findAny()
                            .isPresent();
            boolean named = MeshTls.BUNDLE.equals(context.getEnvironment().getProperty("management.server.ssl.bundle"));
            return guarded && (named || !settings.excludesManagement());
        }
    }
}
