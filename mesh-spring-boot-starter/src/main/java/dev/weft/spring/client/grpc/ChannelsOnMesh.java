package dev.weft.spring.client.grpc;

import dev.weft.Mesh;
import dev.weft.engine.CallDefaults;
import dev.weft.spring.client.LateMesh;
import dev.weft.spring.declared.NamedDefaults;
import io.grpc.ManagedChannelBuilder;
import org.springframework.grpc.client.GrpcChannelBuilderCustomizer;

/**
 * Puts a channel on the mesh before it is built, and gives its calls what {@code mesh.clients.<channel>} says. A channel to a server in the
 * same process stays what it is.
 */
record ChannelsOnMesh<T extends ManagedChannelBuilder<T>>(LateMesh mesh, NamedDefaults defaults)
        implements GrpcChannelBuilderCustomizer<T> {
    private static final String IN_PROCESS = "io.grpc.inprocess.";

    @Override
    public void customize(String channel, T builder) {
        Mesh known = mesh.get();
        if (known == null || builder.getClass().getName().startsWith(IN_PROCESS)) {
            return;
        }
        CallDefaults declared = defaults.of(channel);
        if (declared != null) {
            builder.intercept(new DeclaredDefaults(declared));
        }
        known.wrap(builder);
    }
}
