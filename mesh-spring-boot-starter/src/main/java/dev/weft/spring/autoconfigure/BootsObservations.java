package dev.weft.spring.autoconfigure;

import dev.weft.request.GrpcContent;
import dev.weft.request.RequestHead;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

/** Whether Boot makes a span of each request that reaches the application, so that the mesh does not make a second one. */
final class BootsObservations {
    private static final String TRACER = "io.micrometer.tracing.Tracer";
    private static final String NO_TRACER = "noopTracer";

    /** Of Spring MVC; of WebFlux, whose every handler is observed if there is a registry. */
    private static final List<String> HTTP = List.of("webMvcObservationFilter", "webHandler");

    private static final List<String> GRPC = List.of("grpcServerObservationInterceptor");

    /** What the switch of {@code http.server.requests} is called, the most exact first. */
    private static final List<String> HTTP_SWITCHES = List.of("http.server.requests", "http.server", "http", "all");

    private static final List<String> GRPC_SWITCHES = List.of("grpc.server", "grpc", "all");

    private BootsObservations() {}

    /** The requests whose handlers Boot traces. */
    static Predicate<RequestHead> traced(ConfigurableListableBeanFactory beans, Environment environment) {
        boolean tracer = tracer(beans);
        boolean http = tracer && observed(beans, HTTP, environment, HTTP_SWITCHES);
        boolean grpc = tracer && observed(beans, GRPC, environment, GRPC_SWITCHES);
        return request -> GrpcContent.in(request.headers()) ? grpc : http;
    }

    private static boolean observed(
            ConfigurableListableBeanFactory beans,
            List<String> servers,
            Environment environment,
            List<String> switches) {
        return servers.stream().anyMatch(beans::containsBean) && enabled(environment, switches);
    }

    private static boolean tracer(ConfigurableListableBeanFactory beans) {
        ClassLoader loader = BootsObservations.class.getClassLoader();
        if (!ClassUtils.isPresent(TRACER, loader)) {
            return false;
        }
        String[] tracers = beans.getBeanNamesForType(ClassUtils.resolveClassName(TRACER, loader), true, false);
        return Stream.of(tracers).anyMatch(name -> !name.equals(NO_TRACER));
    }

    private static boolean enabled(Environment environment, List<String> switches) {
        for (String name : switches) {
            Boolean said = environment.getProperty("management.observations.enable." + name, Boolean.class);
            if (said != null) {
                return said;
            }
        }
        return true;
    }
}
