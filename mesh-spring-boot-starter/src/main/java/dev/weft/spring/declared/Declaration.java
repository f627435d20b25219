package dev.weft.spring.declared;

import dev.weft.MeshException;
import dev.weft.settings.SettingProblem;
import dev.weft.spring.MeshClient;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;

/**
 * The {@code @MeshClient} of an interface as it is written, placeholders and all.
 *
 * @param type the interface
 * @param said the annotation, or one that carries it
 */
public record Declaration(Class<?> type, MergedAnnotation<MeshClient> said) {
    /** Null if the interface has none of its own: it is not inherited. */
    public static @Nullable Declaration of(Class<?> type) {
        MergedAnnotation<MeshClient> said = MergedAnnotations.from(type).get(MeshClient.class);
        return said.isPresent() ? new Declaration(type, said) : null;
    }

    public String service() {
        return said.getString("service");
    }

    /** Known without any property, so that a group has the same name where the application is built and where it runs. */
    public String name() {
        String name = said.getString("name");
        if (!name.isEmpty()) {
            return name;
        }
        ServiceAddress address = ServiceAddress.of(service());
        if (address != null) {
            return address.host();
        }
        String simple = type.getSimpleName();
        return simple.substring(0, 1).toLowerCase(Locale.ROOT) + simple.substring(1);
    }

    /** The class generated for a gRPC service; null: the client speaks HTTP. */
    public @Nullable Class<?> grpc() {
        return given("grpc");
    }

    /** Null: none. */
    public @Nullable Class<?> fallback() {
        return given("fallback");
    }

    private @Nullable Class<?> given(String attribute) {
        Class<?> given = said.getClass(attribute);
        return given == void.class ? null : given;
    }

    /** The name of the bean that stands in if the application has none of the fallback's class. */
    String fallbackBean() {
        return type.getName() + "#fallback";
    }

    /** For messages: {@code Reviews.get}. */
    String shortName(Method method) {
        return type.getSimpleName() + "." + method.getName();
    }

    /** For messages: {@code @MeshClient Reviews.get}. */
    public String place(Method method) {
        return "@MeshClient " + shortName(method);
    }

    /** What is thrown where nothing can be made of it. */
    MeshException refused(String found, String expected) {
        return new MeshException.Configuration(List.of(new SettingProblem(toString(), found, expected)));
    }

    /** For messages: {@code @MeshClient Reviews}. */
    @Override
    public String toString() {
        return "@MeshClient " + type.getSimpleName();
    }
}
