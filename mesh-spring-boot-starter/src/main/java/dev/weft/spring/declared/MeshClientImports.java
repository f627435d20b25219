package dev.weft.spring.declared;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanClassLoaderAware;
import org.springframework.context.annotation.ImportSelector;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.util.ClassUtils;

/** What finds and implements {@code @MeshClient} with the libraries that the application has. */
public final class MeshClientImports implements ImportSelector, BeanClassLoaderAware {
    private static final String HTTP = "org.springframework.web.service.registry.HttpServiceProxyRegistry";

    // Set by Spring before it asks.
    private @Nullable ClassLoader loader;

    @Override
    public void setBeanClassLoader(ClassLoader loader) {
        this.loader = loader;
    }

    @Override
    public String[] selectImports(AnnotationMetadata importing) {
        Class<?> registrar = ClassUtils.isPresent(HTTP, loader) ? Http.registrar() : GrpcOnlyRegistrar.class;
        return new String[] {registrar.getName(), MeshClientConfiguration.class.getName()};
    }

    /** Loaded only where there is HTTP. */
    private static final class Http {
        static Class<?> registrar() {
            return HttpClientRegistrar.class;
        }
    }
}
