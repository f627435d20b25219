package dev.weft.spring.autoconfigure;

import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ApplicationContext;
import org.springframework.util.ClassUtils;

/** What kind of application context this is. */
final class ServerContexts {
    private static final String MANAGEMENT = "management";

    private static final boolean SERVERS = ClassUtils.isPresent(
            "org.springframework.boot.web.server.context.WebServerApplicationContext",
            ServerContexts.class.getClassLoader());

    private ServerContexts() {}

    /** Of Actuator's own server, when it has a port of its own. */
    static boolean ofManagement(ApplicationContext context) {
        return SERVERS && WebServerApplicationContext.hasServerNamespace(context, MANAGEMENT);
    }

    /** With a server that callers of the application talk to. */
    static boolean serves(ApplicationContext context) {
        return SERVERS && context instanceof WebServerApplicationContext && !ofManagement(context);
    }
}
