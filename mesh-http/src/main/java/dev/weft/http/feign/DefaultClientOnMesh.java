package dev.weft.http.feign;

import feign.Client;
import feign.Request;
import feign.Response;
import java.io.IOException;

/** Feign's default client on the mesh, for variables of its own type. */
final class DefaultClientOnMesh extends Client.Default {
    private final Client onMesh;

    DefaultClientOnMesh(Client onMesh) {
        super(null, null);
        this.onMesh = onMesh;
    }

    Client onMesh() {
        return onMesh;
    }

    @Override
    public Response execute(Request request, Request.Options options) throws IOException {
        return onMesh.execute(request, options);
    }
}
