package dev.weft.http;

import dev.weft.Mesh;
import dev.weft.http.kit.HttpClientContract;
import dev.weft.http.kit.MutualTls;
import dev.weft.http.kit.Subject;

final class MeshHttpClientAsyncMutualTlsHttp2Test extends HttpClientContract {
    MeshHttpClientAsyncMutualTlsHttp2Test() throws Exception {
        super(true, new MutualTls());
    }

    @Override
    public Subject on(Mesh mesh) {
        return MeshClientSubject.of(mesh, false);
    }
}
