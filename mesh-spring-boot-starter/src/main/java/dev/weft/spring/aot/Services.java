package dev.weft.spring.aot;

import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;

/** Implementations that a {@link ServiceLoader} finds: those of Weft, and an adapter of the user's own. */
final class Services {
    private Services() {}

    static void register(RuntimeHints hints, Class<?> service, @Nullable ClassLoader loader) {
        hints.resources().registerPattern("META-INF/services/" + service.getName());
        ServiceLoader.load(service, loader).stream()
                .forEach(provider ->
                        hints.reflection().registerType(provider.type(), MemberCategory.INVOKE_DECLARED_CONSTRUCTORS));
    }
}
