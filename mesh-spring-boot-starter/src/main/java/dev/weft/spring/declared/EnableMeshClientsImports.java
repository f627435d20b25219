package dev.weft.spring.declared;

import org.springframework.context.annotation.ImportSelector;
import org.springframework.core.type.AnnotationMetadata;

/** What {@code @EnableMeshClients} brings. */
public final class EnableMeshClientsImports implements ImportSelector {
    @Override
    public String[] selectImports(AnnotationMetadata importing) {
        return new String[] {EnabledClientsRegistrar.class.getName(), MeshClientConfiguration.class.getName()};
    }
}
