package dev.weft.spring.aot;

import dev.weft.CourierProvider;
import dev.weft.MeshAdapter;
import dev.weft.spring.ClientProperties;
import dev.weft.spring.EnableMeshClients;
import dev.weft.spring.MeshCall;
import dev.weft.spring.MeshClient;
import dev.weft.spring.MeshProperties;
import dev.weft.spring.Retry;
import java.lang.reflect.RecordComponent;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.boot.context.properties.bind.BindableRuntimeHintsRegistrar;

/** What is found by name: annotations, settings, services, protobuf's messages. */
final class MeshRuntimeHints implements RuntimeHintsRegistrar {
    @Override
    public void registerHints(RuntimeHints hints, @Nullable ClassLoader loader) {
        for (Class<?> annotation : List.of(MeshClient.class, MeshCall.class, Retry.class, EnableMeshClients.class)) {
            hints.reflection().registerType(annotation, MemberCategory.INVOKE_DECLARED_METHODS);
        }
        BindableRuntimeHintsRegistrar.forTypes(ClientProperties.class).registerHints(hints, loader);
        settings(hints, MeshProperties.class);
        for (Class<?> service : List.of(MeshAdapter.class, CourierProvider.class)) {
            Services.register(hints, service, loader);
        }
        Messages.register(hints, loader);
    }

    /** The names of settings are read off these records. */
    private static void settings(RuntimeHints hints, Class<?> type) {
        hints.reflection()
                .registerType(type, MemberCategory.INVOKE_DECLARED_METHODS, MemberCategory.ACCESS_DECLARED_FIELDS);
        for (RecordComponent component : type.getRecordComponents()) {
            if (component.getType().isRecord()) {
                settings(hints, component.getType());
            }
        }
    }
}
