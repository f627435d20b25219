package dev.weft.http;

import dev.weft.Mesh;
import dev.weft.http.kit.HttpClientContract;
import dev.weft.http.kit.Subject;

final class MeshHttpClientAsyncHttp2Test extends HttpClientContract {
    MeshHttpClientAsyncHttp2Test() {
        super(true);
    }

    @Override
    public Subject on(Mesh mesh) {
        return MeshClientSubject.of(mesh, false);
    }
}
