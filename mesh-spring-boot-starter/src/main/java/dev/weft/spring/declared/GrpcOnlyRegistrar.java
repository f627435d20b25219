package dev.weft.spring.declared;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;
import org.springframework.core.type.AnnotationMetadata;

/** For an application without Spring's HTTP clients. */
final class GrpcOnlyRegistrar implements ImportBeanDefinitionRegistrar {
    private final ClientScan scan;

    GrpcOnlyRegistrar(BeanFactory beans, Environment environment, ResourceLoader resources) {
        scan = new ClientScan(beans, environment, resources);
    }

    @Override
    public void registerBeanDefinitions(AnnotationMetadata importing, BeanDefinitionRegistry registry) {
        ClientDefinitions definitions = new ClientDefinitions(registry);
        for (Declaration declaration : scan.asked(importing)) {
            if (declaration.grpc() == null) {
                throw declaration.refused(
                        "an HTTP interface, and there is no HTTP client",
                        "add spring-boot-starter-restclient, or name a gRPC service: grpc = ...Grpc.class");
            }
            definitions.grpc(declaration);
        }
    }
}
