package dev.weft.spring.aot;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.util.ClassUtils;

/** What {@code mesh-grpc} reads of gRPC's builders by name, and what gRPC finds of it and of its own. */
final class GrpcHints implements RuntimeHintsRegistrar {
    private static final List<String> TRANSPORTS = List.of("io.grpc.netty.", "io.grpc.netty.shaded.io.grpc.netty.");

    private static final List<String> SERVICES = List.of(
            "io.grpc.ManagedChannelProvider",
            "io.grpc.NameResolverProvider",
            "io.grpc.LoadBalancerProvider",
            "io.grpc.ServerProvider");

    @Override
    public void registerHints(RuntimeHints hints, @Nullable ClassLoader loader) {
        for (String transport : TRANSPORTS) {
            for (String builder : List.of("NettyChannelBuilder", "NettyServerBuilder")) {
                fieldsAndMethods(hints, loader, transport + builder);
            }
            for (String negotiator : List.of("", "$ClientFactory", "$ServerFactory")) {
                hints.reflection()
                        .registerTypeIfPresent(
                                loader,
                                transport + "ProtocolNegotiator" + negotiator,
                                MemberCategory.INVOKE_PUBLIC_METHODS);
            }
        }
        fieldsAndMethods(hints, loader, "io.grpc.ForwardingServerBuilder");
        fieldsAndMethods(hints, loader, "io.grpc.internal.ServerImplBuilder");
        for (String service : SERVICES) {
            if (ClassUtils.isPresent(service, loader)) {
                Services.register(hints, ClassUtils.resolveClassName(service, loader), loader);
            }
        }
    }

    private static void fieldsAndMethods(RuntimeHints hints, @Nullable ClassLoader loader, String type) {
        hints.reflection()
                .registerTypeIfPresent(
                        loader, type, MemberCategory.ACCESS_DECLARED_FIELDS, MemberCategory.INVOKE_DECLARED_METHODS);
    }
}
