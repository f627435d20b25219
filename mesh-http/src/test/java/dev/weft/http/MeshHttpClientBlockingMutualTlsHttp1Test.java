package dev.weft.http;

import dev.weft.Mesh;
import dev.weft.http.kit.HttpClientContract;
import dev.weft.http.kit.MutualTls;
import dev.weft.http.kit.Subject;

final class MeshHttpClientBlockingMutualTlsHttp1Test extends HttpClientContract {
    MeshHttpClientBlockingMutualTlsHttp1Test() throws Exception {
        super(false, new MutualTls());
    }

    @Override
    public Subject on(Mesh mesh) {
        return MeshClientSubject.of(mesh, true);
    }
}
