package dev.weft.http;

import dev.weft.Mesh;
import dev.weft.http.kit.HttpClientContract;
import dev.weft.http.kit.Subject;

final class MeshHttpClientAsyncHttp1Test extends HttpClientContract {
    MeshHttpClientAsyncHttp1Test() {
        super(false);
    }

    @Override
    public Subject on(Mesh mesh) {
        return MeshClientSubject.of(mesh, false);
    }
}
