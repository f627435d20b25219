package dev.weft.spring.declared;

import dev.weft.spring.MeshClient;
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
record Declaration(Class<?> type, MergedAnnotation<MeshClient> said) {
    /** Null if the interface has none of its own: it is not inherited. */
    static @Nullable Declaration of(Class<?> type) {
        MergedAnnotation<MeshClient> said = MergedAnnotations.from(type).get(MeshClient.class);
        return said.isPresent() ? new Declaration(type, said) : null;
    }

    String service() {
        return said.getString("service");
    }

    /** Known without any property, so that a group has the same name where the application is built and where it runs. */
    String name() {
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

    /** Null: none. */
    @Nullable
    Class<?> fallback() {
        Class<?> fallback = said.getClass("fallback");
        return fallback == void.class ? null : fallback;
    }

    /** The name of the bean that stands in if the application has none of the fallback's class. */
    String fallbackBean() {
        return type.getName() + "#fallback";
    }

    /** For messages: {@code @MeshClient Reviews}. */
    @Override
    public String toString() {
        return "@MeshClient " + type.getSimpleName();
    }
}
